using System.Text;
using KohaPatron.Core.Drift;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Registration;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Tests.Drift;

public sealed class ExportDriftTests
{
    [Theory]
    [InlineData("""{"username":"a"}""", """{"username":"a","pronouns":"they"}""", WorkdayExportChangeKind.FieldAppeared, "pronouns")]
    [InlineData("""{"username":"a","phone":"1"}""", """{"username":"a"}""", WorkdayExportChangeKind.FieldVanished, "phone")]
    [InlineData("""{"username":"a","is_contingent":"1"}""", """{"username":"a","is_contingent":true}""", WorkdayExportChangeKind.TypeChanged, "is_contingent")]
    [InlineData("""{"username":"a","phone":"1"}""", """{"username":"a","phone":null}""", WorkdayExportChangeKind.MostlyBlank, "phone")]
    [InlineData("""{"username":"a","phone":"1"}""", """{"username":"a","phone":""}""", WorkdayExportChangeKind.MostlyBlank, "phone")]
    [InlineData("""{"programs":[{"program":"x"}]}""", """{"programs":[{"program":"x","credentials":["BFA"]}]}""", WorkdayExportChangeKind.FieldAppeared, "programs[].credentials")]
    public void A_field_that_changed_is_told(string before, string now, WorkdayExportChangeKind kind, string field)
    {
        var change = Assert.Single(ExportDrift.Between("x.json", Shape(before), Shape(now), 20));
        Assert.Equal((kind, field), (change.Kind, change.Field));
    }

    [Theory]
    [InlineData(100, 80, false)]
    [InlineData(100, 79, true)]
    [InlineData(100, 0, true)]
    [InlineData(0, 0, false)]
    [InlineData(100, 130, false)]
    public void An_export_may_shrink_by_a_fifth(int before, int now, bool shrank) =>
        Assert.Equal(shrank, ExportDrift.Shrank(before, now, ExportDrift.UsualShrink));

    [Fact]
    public void A_hundred_per_cent_is_no_limit() => Assert.False(ExportDrift.Shrank(100, 0, 100));

    [Fact]
    public void The_same_export_has_not_changed()
    {
        var record = """{"username":"a","programs":[{"program":"x"},null],"phone":null,"n":1,"o":{"p":1}}""";
        Assert.Empty(ExportDrift.Between("x.json", Shape(record), Shape(record, record), 20));
    }

    [Fact]
    public void A_broken_export_has_no_shape() => Assert.Equal(
        "WorkdayExportIncomplete",
        Assert.Throws<KohaPatronException>(() => Read("""{"Report_Entry":[{"username":"a"},{"user""")).Notice.Code);

    [Fact]
    public void The_brake_stops_a_load_whose_export_shrank_or_gave_nobody()
    {
        var path = Path.Combine(Path.GetTempPath(), $"kohapatron-{Guid.NewGuid():N}.json");
        try
        {
            ExportBaseline.Write(path, new Dictionary<string, ExportShape> { ["student_data.json"] = Shape([.. Enumerable.Repeat("""{"username":"a"}""", 10)]) });
            var brake = new ShrinkBrake(path, 20);
            brake.Check([new WorkdayExportSummary("/exports/student_data.json", 8, true)]);
            var shrunk = Assert.Throws<KohaPatronException>(() => brake.Check([new WorkdayExportSummary("student_data.json", 7, true)])).Notice;
            Assert.Equal(("ExportShrank", NoticeCategory.LimitsExceeded), (shrunk.Code, shrunk.Category));
            Assert.Contains("7 people, 10 last time (-30 %)", shrunk.Text);
            Assert.Contains("gave nobody", Assert.Throws<KohaPatronException>(() => brake.Check([])).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_baseline_keeps_nothing_of_anybody()
    {
        var path = Path.Combine(Path.GetTempPath(), $"kohapatron-{Guid.NewGuid():N}.json");
        try
        {
            var shape = Shape("""{"username":"secret1","phone":"secret2","programs":[{"program":"secret3"}],"n":4711}""");
            ExportBaseline.Write(path, new Dictionary<string, ExportShape> { ["student_data.json"] = shape });
            Assert.DoesNotContain("secret", File.ReadAllText(path));
            Assert.DoesNotContain("4711", File.ReadAllText(path));
            Assert.Empty(ExportDrift.Between("x", ExportBaseline.Read(path)!["student_data.json"], shape, 0));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"majors":[]}""")]
    [InlineData("""{"exports":{"a":null}}""")]
    [InlineData("""{"exports":{"a":{"people":"1","fields":{}}}}""")]
    [InlineData("""{"exports":{"a":{"people":1,"fields":{}},"a":{"people":1,"fields":{}}}}""")]
    public void Another_file_is_no_baseline(string text)
    {
        var path = Path.Combine(Path.GetTempPath(), $"kohapatron-{Guid.NewGuid():N}.json");
        try
        {
            File.WriteAllText(path, text);
            Assert.Equal("BaselineInvalid", Assert.Throws<KohaPatronException>(() => ExportBaseline.Read(path)).Notice.Code);
            File.WriteAllText(path, """{"exports":{}}""", Encoding.UTF8);
            Assert.Empty(ExportBaseline.Read(path)!);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ExportShape Shape(params string[] records) => Read("{\"Report_Entry\":[" + string.Join(",", records) + "]}");

    private static ExportShape Read(string json) => ExportShapeReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), new WorkdayExport("x.json", type: null), TestContext.Current.CancellationToken);
}
