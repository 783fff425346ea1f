using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Report;

/// <summary>What a run emitted, sorted into tables, for one page that a librarian reads, searches and prints.</summary>
internal sealed class PatronReport(string title, DateTimeOffset written)
{
    private readonly Dictionary<string, ReportSection> _sections = new(StringComparer.Ordinal);

    private readonly ReportVerdict _verdict = new();

    public string Title => title;

    /// <summary>What the page says first; null where the run was not about rows.</summary>
    public string? Verdict => _verdict.InWords();

    /// <summary>When the page was made.</summary>
    public DateTimeOffset Written => written;

    /// <summary>The tables in the order of the page: what to look at first.</summary>
    public IReadOnlyList<ReportSection> Sections => [.. _sections.Values.OrderBy(section => section.Kind.Order).ThenBy(section => section.Kind.Title, StringComparer.Ordinal)];

    /// <summary>Adds an object: the short name of its type, and its properties as text.</summary>
    public void Add(string typeName, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        _verdict.Add(typeName, values);
        if (!_sections.TryGetValue(typeName, out var section))
            _sections.Add(typeName, section = new ReportSection(ReportSectionKind.Of(typeName)));
        section.Add(values);
    }

    /// <exception cref="KohaPatronException">The file cannot be written; the old one is whole.</exception>
    public void Write(string path)
    {
        try
        {
            using var file = new AtomicFile(path);
            ReportPage.Write(this, file.Stream);
            file.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KohaPatronException(ReportNotices.CannotWrite(path, e));
        }
    }
}
