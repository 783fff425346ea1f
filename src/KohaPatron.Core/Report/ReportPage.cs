using System.Globalization;
using System.Net;
using System.Text;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Report;

/// <summary>
/// The page: one file that asks for nothing from elsewhere, and says so to the browser. Every value is escaped; the style
/// and the few lines of script are our own files.
/// </summary>
internal static class ReportPage
{
    /// <summary>Nobody reads on; the object has the rest.</summary>
    private const int LongestValue = 1000;

    public static void Write(PatronReport report, Stream stream)
    {
        using var page = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024, leaveOpen: true) { NewLine = "\n" };
        page.WriteLine("<!DOCTYPE html>");
        page.WriteLine("<html lang=\"en\">");
        page.WriteLine("<head>");
        page.WriteLine("<meta charset=\"utf-8\">");
        page.WriteLine("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">");
        page.WriteLine("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.WriteLine("<meta name=\"color-scheme\" content=\"light dark\">");
        page.WriteLine("<meta name=\"robots\" content=\"noindex\">");
        page.WriteLine($"<title>{Html(report.Title)}</title>");
        page.WriteLine($"<style>\n{Resource("report.css")}</style>");
        page.WriteLine("</head>");
        page.WriteLine("<body>");
        WriteTop(page, report);
        page.WriteLine("<div class=\"search\" hidden><input id=\"find\" type=\"search\" aria-label=\"Search\" placeholder=\"Search: a user id, a reason, a major …\" autocomplete=\"off\" spellcheck=\"false\"><output for=\"find\"></output></div>");
        page.WriteLine("<main>");
        for (var i = 0; i < report.Sections.Count; i++)
            WriteSection(page, report.Sections[i], i);
        page.WriteLine("</main>");
        page.WriteLine($"<script>\n{Resource("report.js")}</script>");
        page.WriteLine("</body>");
        page.WriteLine("</html>");
    }

    private static void WriteTop(StreamWriter page, PatronReport report)
    {
        page.WriteLine("<header>");
        page.WriteLine($"<h1>{Html(report.Title)}</h1>");
        page.WriteLine($"<p class=\"when\">{report.Written.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}</p>");
        if (report.Verdict is { } verdict)
            page.WriteLine($"<p class=\"verdict\">{Html(verdict)}</p>");
        if (report.Sections.Count == 0)
            page.WriteLine("<p>There is nothing to report.</p>");
        else
            WriteTiles(page, report.Sections);
        page.WriteLine("</header>");
    }

    /// <summary>A number for each section, and the way to it.</summary>
    private static void WriteTiles(StreamWriter page, IReadOnlyList<ReportSection> sections)
    {
        page.WriteLine("<nav>");
        for (var i = 0; i < sections.Count; i++)
            page.WriteLine($"<a href=\"#part-{N(i)}\" class=\"{ToneOf(sections[i])}\"><b>{Counted.Number(sections[i].Rows.Count)}</b> {Html(sections[i].Kind.Title)}</a>");
        page.WriteLine("</nav>");
    }

    /// <summary>Red where something is lost, amber where somebody should look.</summary>
    private static string ToneOf(ReportSection section) =>
        section.Rows.Any(row => IsBad(row, "Severity", "Error") || IsBad(row, "Status", "Failed", "Conflict", "Ambiguous", "Unknown")) ? "error"
        : section.Kind.IsToLookAt ? "warning"
        : "plain";

    private static bool IsBad(IReadOnlyDictionary<string, string> row, string column, params string[] values) =>
        row.TryGetValue(column, out var value) && values.Contains(value);

    private static void WriteSection(StreamWriter page, ReportSection section, int place)
    {
        page.WriteLine($"<section id=\"part-{N(place)}\">");
        page.WriteLine($"<h2>{Html(section.Kind.Title)} <span class=\"count\">{Counted.Number(section.Rows.Count)}</span></h2>");
        if (section.Counts() is var (column, counts) && (section.Kind.AlwaysCounts || TellsSomething(counts)))
        {
            page.WriteLine($"<h3>By {Html(ReportSectionKind.InWords(column).ToLowerInvariant())}</h3>");
            WriteBars(page, [.. counts.Select(count => (count.Value.Length == 0 ? "none" : Shown(column, count.Value), count.Count))]);
        }

        WriteTable(page, section);
        page.WriteLine("</section>");
    }

    /// <summary>Bars that are all of one length tell nothing.</summary>
    private static bool TellsSomething(IReadOnlyList<(string Value, int Count)> counts) => counts.Any(count => count.Count != counts[0].Count);

    /// <summary>A list of names, bars and numbers; the longest bar is the largest number.</summary>
    private static void WriteBars(StreamWriter page, List<(string Name, int Count)> counts)
    {
        var most = Math.Max(1, counts.Max(count => count.Count));
        page.WriteLine("<ul class=\"bars\">");
        foreach (var (name, count) in counts)
        {
            var width = (100.0 * count / most).ToString("0.##", CultureInfo.InvariantCulture);
            page.WriteLine($"<li><span class=\"name\">{Html(name)}</span><span class=\"bar\"><i style=\"width:{width}%\"></i></span><b>{Counted.Number(count)}</b></li>");
        }

        page.WriteLine("</ul>");
    }

    private static void WriteTable(StreamWriter page, ReportSection section)
    {
        var columns = section.Columns;
        page.WriteLine("<div class=\"table\"><table>");
        page.Write("<thead><tr>");
        foreach (var column in columns)
            page.Write($"<th scope=\"col\">{Html(ReportSectionKind.InWords(column))}</th>");
        page.WriteLine("</tr></thead>");
        page.WriteLine("<tbody>");
        foreach (var row in section.Rows)
        {
            page.Write("<tr>");
            foreach (var column in columns)
                page.Write(Cell(column, row.TryGetValue(column, out var value) ? value : string.Empty));
            page.WriteLine("</tr>");
        }

        page.WriteLine("</tbody>");
        page.WriteLine("</table></div>");
    }

    private static string Cell(string column, string value)
    {
        var kind = value switch
        {
            "" => " class=\"blank\"",
            _ when column == "SettingsLine" => " class=\"code\"",
            _ when column is "Severity" or "Status" => $" class=\"state {Word(value)}\"",
            { Length: > 40 } => " class=\"long\"",
            _ when IsNumber(value) => " class=\"number\"",
            { Length: > 20 } => " class=\"text\"",
            _ => string.Empty,
        };
        return $"<td data-name=\"{Html(ReportSectionKind.InWords(column))}\"{kind}>{Html(Harmless(Shortened(Shown(column, value))))}</td>";
    }

    private static string Shown(string column, string value) =>
        column == "Reason" && ReportSectionKind.Reasons.TryGetValue(value, out var reason) ? reason
        // The comments in front of it are for a settings file.
        : column == "SettingsLine" ? value.Substring(value.LastIndexOf('\n') + 1)
        : ReportSectionKind.HasNames(column) && value.All(char.IsLetter) ? ReportSectionKind.InWords(value)
        : value;

    /// <summary>The page may be copied into a spreadsheet, which takes what follows an apostrophe for text.</summary>
    private static string Harmless(string value) => SpreadsheetFormula.Is(value) ? "'" + value : value;

    /// <summary>A class name out of a value: letters alone.</summary>
    private static string Word(string value) => new([.. value.Where(letter => letter is >= 'a' and <= 'z' or >= 'A' and <= 'Z').Select(char.ToLowerInvariant)]);

    private static bool IsNumber(string value) => value.Length < 16 && value.All(letter => letter is >= '0' and <= '9' or ',');

    private static string Shortened(string value) =>
        value.Length <= LongestValue ? value : value.Substring(0, char.IsHighSurrogate(value[LongestValue - 1]) ? LongestValue - 1 : LongestValue) + " …";

    private static string Html(string text) => WebUtility.HtmlEncode(new string([.. text.Where(letter => letter is '\n' or '\t' || !char.IsControl(letter) && !TurnsText(letter))]));

    /// <summary>Marks that make a text read in another order than it is written.</summary>
    private static bool TurnsText(char letter) => letter is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream($"report/{name}")!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
