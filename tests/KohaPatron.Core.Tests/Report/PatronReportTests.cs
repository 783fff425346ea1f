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
        Assert.Matches("NoEmail</span><span class=\"bar\"><i style=\"width:100%\"></i></span><b>2</b>[\\s\\S]*Inactive</span><span class=\"bar\"><i style=\"width:50%\"></i></span><b>1</b>", html);
    }

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
