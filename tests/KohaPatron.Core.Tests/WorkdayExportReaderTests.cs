using System.Text;
using CsCheck;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Tests;

public sealed class WorkdayExportReaderTests
{
    private const string Odd = "\uFEFF{\"Report_Name\":[{}],\"Report_Entry\":[\n{\"username\":\"anuñez\",\"programs\":[null,{\"program\":\"Glass\"}]},\n5,{\"username\":\"b\",\"programs\":7},{\"username\":\"c😀\",\"x\":{\"y\":[1]}}],\"After\":null}";

    /// <summary>A stream that gives no more bytes at once than it is told to.</summary>
    private sealed class Slow(byte[] bytes, Func<int> next) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, next()));
    }

    private static string[] Say(IEnumerable<WorkdayItem> items) => [.. items.Select(item => item.Notice?.Text ?? $"{item.Person!.UserName} {item.Person.OtherFields?.Count}")];

    [Fact]
    public void Input_that_comes_in_any_portions_gives_the_same_people_and_errors()
    {
        var bytes = Encoding.UTF8.GetBytes(Odd);
        var whole = Say(Loads.Read(new MemoryStream(bytes)));
        Assert.Equal(4, whole.Length);
        for (var portion = 1; portion <= bytes.Length; portion++)
            Assert.Equal(whole, Say(Loads.Read(new Slow(bytes, () => portion))));
    }

    [Fact]
    public void Input_cut_at_every_byte_gives_the_people_before_the_cut_and_says_that_it_is_incomplete()
    {
        var bytes = Encoding.UTF8.GetBytes(Odd);
        var whole = Say(Loads.Read(new MemoryStream(bytes)));
        for (var length = 4; length < bytes.Length; length++)
        {
            var export = new WorkdayExport("student_data.json", WorkdayPersonType.Student);
            var cut = Say(WorkdayExportReader.Read(new MemoryStream(bytes, 0, length), export, cancel: TestContext.Current.CancellationToken).SelectMany(batch => batch));
            Assert.Equal(whole.Take(cut.Length - 1), cut.Take(cut.Length - 1));
            Assert.Contains("ends in the middle", cut[^1]);
            Assert.True(export.IsBroken);
            Assert.False(export.IsComplete);
        }
    }

    [Fact]
    public void A_record_larger_than_the_buffer_is_read()
    {
        var name = new string('x', 2_000_000);
        Assert.Equal(name, Assert.Single(Loads.Read($"[{{\"last_name\":\"{name}\"}}]")).Person!.LastName);
    }

    private static readonly Gen<string> GenText = Gen.String[Gen.Char["abcÄé \"',:{}[]\\\n\r\0\u2028😀=0"], 0, 12];

    private static Gen<string> Pick(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static readonly Gen<string> GenKey = Pick(
        "username", "universal_id", "first_name", "last_name", "inst_email", "work_email", "academic_level", "primary_program", "programs", "program", "student_id",
        "active_status", "is_contingent", "etype", "etype_future", "department", "job_profile", "phone", "work_phone", "credentials", "unknown", "name", "Type");

    private static readonly Gen<string> GenJson = Gen.Recursive<string>((depth, inner) => depth > 2
        ? Gen.Const("null")
        : Gen.OneOf(
            GenText.Select(text => System.Text.Json.JsonSerializer.Serialize(text)),
            Pick("null", "true", "false", "0", "1", "\"1\"", "\"0\"", "1.5e9", "-7", "[]", "{}", "\"\""),
            inner.Array[0, 3].Select(items => $"[{string.Join(",", items)}]"),
            Gen.Select(GenKey, inner).Array[0, 3].Select(members => $"{{{string.Join(",", members.Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}")));

    private static readonly Gen<string> GenRecord = Gen.OneOf(
        Gen.Select(GenKey, GenJson).Array[0, 14].Select(members => $"{{{string.Join(",", members.Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}"),
        GenJson);

    private const string FirstRecord = """{"username":"a","universal_id":"1","last_name":"A","student_id":"1","employee_id":"1"}""";

    /// <summary>Whatever a record holds: it becomes a row, a skip or a notice, and its neighbours are read.</summary>
    [Theory]
    [InlineData("student_data.json")]
    [InlineData("employee_data.json")]
    [InlineData("student_pre_college_data.json")]
    [InlineData("missing.json")]
    public void No_record_crashes_the_run_or_loses_another(string file) =>
        GenRecord.Array[0, 5].Sample(
            records =>
            {
                // The first record tells that this is an export at all.
                var items = Loads.Read($"{{\"Report_Entry\":[{string.Join(",", [FirstRecord, .. records])}]}}", file);
                Assert.Equal(1 + records.Length, items.Count);
                var (rows, notices) = Loads.Convert(items, Loads.Terms("2026"));
                Assert.All(rows, row => Assert.DoesNotContain(row.Values(), value => value.Contains('\n')));
                Assert.All(notices, notice => Assert.DoesNotContain("Exception", notice.Text));
            },
            iter: 1000);
}
