using System.Text;
using System.Text.RegularExpressions;
using KohaPatron.Core.Report;

namespace KohaPatron.Core.Tests.Report;

public sealed class PatronReportTests
{
    [Fact]
    public void Every_value_is_escaped_whatever_stands_in_it()
    {
        const string Evil = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'&\0";
        var html = Page(Evil, ("PatronCsvProblem", "Message", Evil), ("PatronCsvProblem", "Rule", Evil), ("ProxUpdateResult", "Status", Evil), (Evil, Evil, Evil));
        Assert.DoesNotContain("<script>alert", html);
        Assert.DoesNotContain("<img", html);
        Assert.DoesNotContain('\0', html);
        Assert.Equal(2, Regex.Count(html, "</?script>"));
    }

    [Fact]
    public void A_value_without_end_is_cut_and_none_turns_the_order_of_letters()
    {
        Assert.Contains(">" + new string('x', 999) + " …</td>", Page("Load", ("PatronCsvProblem", "Message", new string('x', 999) + "😀" + new string('x', 5000))));
        Assert.Contains(">anunez</td>", Page("Load", ("PatronCsvProblem", "UserId", "\u202Eanu\u2066nez")));
    }

    [Fact]
    public void The_page_asks_for_nothing_from_elsewhere()
    {
        var html = Page("Load", ("KohaPatronRow", "userid", "anunez"));
        Assert.Contains("default-src 'none'", html);
        Assert.DoesNotMatch("https?://|src=|@import|url\\(", html.Replace("default-src", "").Replace("style-src", "").Replace("script-src", ""));
    }

    [Theory]
    [InlineData("KohaPatronRow", "surname")]
    [InlineData("KohaPatronRow", "cardnumber")]
    [InlineData("KohaPatronRow", "email")]
    [InlineData("KohaPatronRow", "patron_attributes")]
    [InlineData("SkippedPatron", "UniversalId")]
    [InlineData("ProxUpdateResult", "NameInKoha")]
    [InlineData("ProxUpdateResult", "Name in Koha")]
    [InlineData("ProxUpdateResult", "CardNow")]
    [InlineData("ProxUpdateResult", "Before")]
    [InlineData("ProxNumber", "ProxId")]
    [InlineData("WorkdayStudent", "InstEmail")]
    [InlineData("WorkdayStudent", "LastName")]
    [InlineData("KohaPatron", "statistics_2")]
    public void Names_cards_and_ways_to_reach_somebody_stay_out(string type, string property) =>
        Assert.DoesNotContain("geheim", Page("Load", (type, property, "geheim"), (type, "UserId", "anunez")));

    [Theory]
    [InlineData("ProxUpdateResult", "UserId")]
    [InlineData("ProxUpdateResult", "PatronId")]
    [InlineData("WorkdayStudent", "UserName")]
    [InlineData("KohaPatronRow", "userid")]
    public void User_ids_stand_on_the_page(string type, string property) => Assert.Contains(">anunez<", Page("Load", (type, property, "anunez")));

    [Fact]
    public void Counts_are_bars_the_largest_first()
    {
        var html = Page("Load", ("SkippedPatron", "Reason", "Inactive"), ("SkippedPatron", "Reason", "NoEmail"), ("SkippedPatron", "Reason", "NoEmail"));
        Assert.Matches("no e-mail address</span><span class=\"bar\"><i style=\"width:100%\"></i></span><b>2</b>[\\s\\S]*inactive</span><span class=\"bar\"><i style=\"width:50%\"></i></span><b>1</b>", html);
    }

    [Fact]
    public void A_section_has_its_number_at_the_top_in_the_colour_of_what_it_means()
    {
        var html = Page("Load", ("PatronCsvProblem", "Severity", "Error"), ("MappingGap", "Kind", "Major"), ("KohaPatronRow", "userid", "anunez"));
        Assert.Contains("<a href=\"#part-0\" class=\"error\"><b>1</b> Problems in the import file</a>", html);
        Assert.Contains("<a href=\"#part-1\" class=\"warning\"><b>1</b> Majors, departments and categories to look at</a>", html);
        Assert.Contains("<a href=\"#part-2\" class=\"plain\"><b>1</b> Rows for Koha</a>", html);
    }

    [Theory]
    [InlineData("Rule", "DuplicateCard", "Duplicate card")]
    [InlineData("Rule", "a <b>", "a &lt;b&gt;")]
    [InlineData("Message", "DuplicateCard", "DuplicateCard")]
    public void Names_out_of_the_module_are_shown_as_words(string column, string value, string shown) =>
        Assert.Contains($">{shown}</td>", Page("Load", ("PatronCsvProblem", column, value)));

    [Fact]
    public void Nothing_to_report_is_said() => Assert.Contains("There is nothing to report.", Page("Load"));

    private static string Page(string title, params (string Type, string Property, string Value)[] items)
    {
        var report = new PatronReport(title, new DateTimeOffset(2026, 8, 20, 9, 30, 0, TimeSpan.Zero));
        foreach (var (type, property, value) in items)
            report.Add(type, [new(property, value)]);
        using var stream = new MemoryStream();
        ReportPage.Write(report, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
