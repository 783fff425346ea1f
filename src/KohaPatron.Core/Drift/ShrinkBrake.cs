using KohaPatron.Core.Notices;
using KohaPatron.Core.Registration;

namespace KohaPatron.Core.Drift;

/// <summary>Stops a load whose exports have far fewer people than they had: Koha must not take an accident for the truth.</summary>
internal sealed class ShrinkBrake(string baselinePath, int maximumShrink)
{
    private readonly IReadOnlyDictionary<string, ExportShape>? _before = ExportBaseline.Read(baselinePath);

    /// <summary>That there is nothing yet to compare with; null: there is.</summary>
    public Notice? Lack => _before is null ? DriftNotices.NoBaseline(baselinePath, "Write it with Test-WorkdayExport -UpdateBaseline.") : null;

    /// <summary>The exports of which the baseline knows nothing: nobody can tell whether they shrank.</summary>
    public IEnumerable<string> Unknown(IEnumerable<string> exports) => exports.Where(export => _before?.ContainsKey(export) != true);

    /// <exception cref="KohaPatronException">An export of the baseline shrank by more than the limit, or gave nobody at all.</exception>
    public void Check(IReadOnlyList<WorkdayExportSummary> exports)
    {
        var shrunk = (_before ?? new Dictionary<string, ExportShape>())
            .Select(export => (Name: export.Key, Before: export.Value.People, Now: exports.Where(now => ExportBaseline.KeyOf(now.Name) == export.Key).Sum(now => now.People)))
            .Where(export => ExportDrift.Shrank(export.Before, export.Now, maximumShrink))
            .ToList();
        if (shrunk.Count > 0)
            throw new KohaPatronException(DriftNotices.Shrank(shrunk, maximumShrink));
    }
}
