using System.Runtime.CompilerServices;
using System.Text;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Csv;
using KohaPatron.Core.Preflight;
using KohaPatron.Core.Preflight.ImportFile;
using KohaPatron.Core.Preflight.Matching;
using KohaPatron.Core.Preflight.Rules;

namespace KohaPatron.Core.Tests.Preflight;

public sealed class PatronCsvPreflightTests
{
    private const string Header = "cardnumber,surname,firstname,userid,branchcode,categorycode,dateexpiry,phone";

    [Theory]
    [InlineData("1,Kim,\"Bo\" ,bkim,SF,STAFF,2027-05-31,", null, PatronCsvRule.BadLine)]
    [InlineData("1,Kim,\"Bo,bkim,SF,STAFF,2027-05-31,", null, PatronCsvRule.BadLine)]
    [InlineData("1,Kim,B\ro,bkim,SF,STAFF,2027-05-31,", null, PatronCsvRule.BadLine)]
    [InlineData(",,,,,,,", "surname", PatronCsvRule.Missing)]
    [InlineData("1,Kim, Bo,bkim,SF,STAFF,2027-05-31,", "firstname", PatronCsvRule.SurroundingSpace)]
    [InlineData("1,Kim,Bo,bkim,LIBRARY-OF-ARTS,STAFF,2027-05-31,", "branchcode", PatronCsvRule.UnknownLibrary)]
    [InlineData("1,Kim,Bo,bkim,SF, STAFF,2027-05-31,", "categorycode", PatronCsvRule.UnknownCategory)]
    [InlineData("1,Kim,Bo,bkim,SF,STAFF,2027-05-00,", "dateexpiry", PatronCsvRule.BadDate)]
    [InlineData("1,Kim,Bo,bkim,SF,STAFF,2027-13-01,", "dateexpiry", PatronCsvRule.BadDate)]
    [InlineData("1,Kim,Bo,bkim,SF,STAFF,2027-05-31T10:11:12.000Z,", "dateexpiry", PatronCsvRule.BadDate)]
    [InlineData("1,Kim,Bo,bkim,SF,STAFF,2027-05-31,=1", "phone", PatronCsvRule.Formula)]
    [InlineData("1,Kim,Bo,bkim,SF,STAFF", "dateexpiry", PatronCsvRule.ShortLine)]
    [InlineData("1,Kim,Bo,bkim,SF,STAFF,2027-05-31,,x", null, PatronCsvRule.ExtraField)]
    [InlineData("1,Kim,Bo,,SF,STAFF,2027-05-31,", "userid", PatronCsvRule.BlankUserId)]
    public void A_row_is_told_with_its_column(string row, string? column, PatronCsvRule rule)
    {
        var problem = Check(Header + "\n" + row + "\n")[0];
        Assert.Equal((2, column, rule), (problem.Line, problem.Column, problem.Rule));
    }

    [Theory]
    [InlineData("1,Kim,Bo,bkim,SF,STAFF,2027-05-31,")]
    [InlineData("1,Kim,Bo,bkim,SF,STAFF,2027-05-31 10:11,")]
    [InlineData("1,Kim,Bo,bkim,SF,STAFF,,")]
    [InlineData("1,Kim,Bo,bkim,SF,STAFF,2027-05-31,,,")]
    [InlineData(",\"Núñez, \"\"N\"\"\",Ana 😀,anunez,SF,STAFF,2028-02-29,+1 555 0100")]
    public void A_row_that_Koha_takes_is_left_alone(string row)
    {
        Assert.Empty(Check(Header + "\n" + row + "\n"));
        Assert.Empty(Check(Header + "\r\n" + row + "\r\n"));
        Assert.Empty(Check(Header + "\n" + row));
    }

    [Theory]
    [InlineData("2027-05-31", true)]
    [InlineData("05/31/2027", true)]
    [InlineData("31/05/2027", false)]
    public void A_date_in_another_order_needs_the_preference(string date, bool isTaken)
    {
        var options = new PreflightOptions { DateFormat = KohaDateFormat.Us, Defaults = new Dictionary<string, string> { ["branchcode"] = "SF", ["categorycode"] = "STAFF" } };
        Assert.Equal(isTaken, Check($"surname,userid,dateexpiry\nKim,bkim,{date}\n", options).Count == 0);
    }

    [Fact]
    public void Nobody_is_named_in_a_message()
    {
        var row = "5556667778,Geheim,Vorname,user1,vorname@example.edu,Geheim Vorname,vorname@example.edu,";
        Assert.All(Check(Header + "\n" + row + "\n" + row + "\n"), problem =>
        {
            Assert.DoesNotContain("orname", problem.Message);
            Assert.DoesNotContain("5556", problem.Message);
        });
    }

    [Fact]
    public void A_file_in_UTF_16_is_told_once()
    {
        var bytes = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Header + "\n1,Kim\n")).ToArray();
        Assert.Equal(PatronCsvRule.Encoding, Assert.Single(Check(bytes)).Rule);
    }

    [Fact]
    public void Latin_1_is_told_at_the_value()
    {
        var problem = Assert.Single(Check(Encoding.Latin1.GetBytes(Header + "\n1,Núñez,Ana,anunez,SF,STAFF,2027-05-31,\n")));
        Assert.Equal((2, "surname", PatronCsvRule.Encoding), (problem.Line, problem.Column, problem.Rule));
    }

    [Fact]
    public void A_byte_order_mark_alone_does_no_harm() =>
        Assert.Empty(Check("\uFEFF" + Header + "\n1,Kim,Bo,bkim,SF,STAFF,2027-05-31,\n"));

    [Fact]
    public void An_empty_file_is_told() => Assert.Equal(PatronCsvRule.BadHeader, Assert.Single(Check("")).Rule);

    [Fact]
    public void The_card_of_a_row_that_Koha_refuses_is_free_for_a_later_one() => Assert.DoesNotContain(
        Check(Header + "\n1,,Bo,bkim,SF,STAFF,2027-05-31,\n1,Wu,Chi,cwu,SF,STAFF,2027-05-31,\n"),
        problem => problem.Line == 3);

    [Theory]
    [InlineData("ANUÑEZ")]
    [InlineData("anunez ")]
    public void User_ids_are_compared_as_the_database_does(string second) => Assert.Contains(
        Check($"{Header}\n1,Núñez,Ana,anunez,SF,STAFF,2027-05-31,\n2,Nunez,Ana,{second},SF,STAFF,2027-05-31,\n"),
        problem => problem is { Line: 3, Rule: PatronCsvRule.DuplicateUserId });

    [Fact]
    public void With_overwrite_a_repeat_is_a_warning() => Assert.Equal(
        PatronCsvSeverity.Warning,
        Assert.Single(Check($"{Header}\n1,Kim,Bo,bkim,SF,STAFF,2027-05-31,\n1,Kim,Bo,bkim,SF,STAFF,2027-05-31,\n", new PreflightOptions { Overwrite = true })).Severity);

    [Fact]
    public void A_shared_card_names_the_line_and_user_of_the_first()
    {
        var problem = Assert.Single(Check($"{Header}\n57426,Kim,Bo,bkim,SF,STAFF,2027-05-31,\n57426,Wu,Chi,cwu,SF,STAFF,2027-05-31,\n"));
        Assert.Equal("The same as in line 2 (bkim): Koha refuses this row.", problem.Message);
    }

    [Fact]
    public void Koha_is_asked_about_a_few_hundred_rows_at_once()
    {
        var asked = new List<int>();
        var rows = string.Concat(Enumerable.Range(0, 950).Select(i => $"{57400 + i},Kim,Bo,u{i},SF,STAFF,2027-05-31,\n"));
        var preflight = new PatronCsvPreflight(new PreflightOptions(), keys =>
        {
            asked.Add(keys.Count);
            return new KnownPatrons([new KnownPatron(8812, "other", "57426")]);
        });
        var problem = Assert.Single(preflight.CheckFile(new MemoryStream(Encoding.UTF8.GetBytes(Header + "\n" + rows)), TestContext.Current.CancellationToken));
        Assert.Equal([400, 400, 150], asked);
        Assert.Equal((28, PatronCsvRule.CardTaken), (problem.Line, problem.Rule));
    }

    [Fact]
    public void Nothing_is_found_in_a_clean_file_of_10_000_rows()
    {
        var file = new StringBuilder("branchcode,cardnumber,categorycode,dateenrolled,dateexpiry,email,firstname,patron_attributes,surname,userid,phone,borrowernotes\n");
        for (var i = 0; i < 10_000; i++)
            file.Append($"SF,{100000 + i},UNDERGRAD,2026-08-20,2027-05-31,u{i}@example.edu,Ana,\"UNIVID:{1000000 + i},STUID:{2000000 + i},STUDENTMAJ:{i % 40}\",Núñez {i},u{i},+1 555 {i:0000},\n");
        Assert.Empty(Check(file.ToString()));
    }

    [Fact]
    public void Of_many_rows_only_the_keys_are_kept()
    {
        var preflight = new PatronCsvPreflight(new PreflightOptions());
        var alive = new List<WeakReference>();
        for (var i = 0; i < 20_000; i++)
            CheckOne(preflight, i, alive);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Equal(200, alive.Count);
        Assert.InRange(alive.Count(row => row.IsAlive), 0, 1);
    }

    [Fact]
    public void A_line_break_in_a_row_of_a_pipeline_is_told()
    {
        var row = new KohaPatronRow { branchcode = "SF", categorycode = "STAFF", surname = "Kim", userid = "bkim", borrowernotes = "a\nb" };
        var problem = Assert.Single(new PatronCsvPreflight(new PreflightOptions()).CheckRow(row));
        Assert.Equal((2, "borrowernotes", PatronCsvRule.LineBreak), (problem.Line, problem.Column, problem.Rule));
    }

    [Theory]
    [InlineData("7", 7, 7)]
    [InlineData("7,14", 7, 14)]
    [InlineData(",14", 0, 14)]
    [InlineData("5,", 5, 32)]
    [InlineData("", 0, 32)]
    [InlineData("5,99", 5, 32)]
    public void The_preference_for_card_numbers_is_read_as_Koha_does(string preference, int least, int most)
    {
        Assert.True(CardNumberLength.TryParse(preference, out var length));
        Assert.Equal(new CardNumberLength(least, most), length);
    }

    [Fact]
    public void The_table_has_84_columns_and_later_85()
    {
        Assert.Equal(84, KohaTable.Older.Columns.Count);
        Assert.Equal(85, KohaTable.Newer.Columns.Count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CheckOne(PatronCsvPreflight preflight, int i, List<WeakReference> alive)
    {
        var row = new KohaPatronRow { branchcode = "SF", cardnumber = $"{i}", categorycode = "STAFF", surname = "Kim", userid = $"u{i}", patron_attributes = $"UNIVID:{i}" };
        if (i % 100 == 0)
            alive.Add(new WeakReference(row));
        Assert.Empty(preflight.CheckRow(row));
    }

    private static List<PatronCsvProblem> Check(string text, PreflightOptions? options = null) => Check(Encoding.UTF8.GetBytes(text), options);

    private static List<PatronCsvProblem> Check(byte[] bytes, PreflightOptions? options = null) =>
        [.. new PatronCsvPreflight(options ?? new PreflightOptions()).CheckFile(new MemoryStream(bytes), TestContext.Current.CancellationToken)];
}
