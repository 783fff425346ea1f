using System.Globalization;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Drift;

/// <summary>Compares what exports look like with what they looked like.</summary>
internal static class ExportDrift
{
    public const int UsualShrink = 20;

    /// <summary>Blank for most people, and for a quarter more of them than before.</summary>
    private const double Most = 0.5;
    private const double Drop = 0.25;

    /// <summary>The differences of one export.</summary>
    /// <param name="export">Its file name.</param>
    /// <param name="before">What it was.</param>
    /// <param name="now">What it is.</param>
    /// <param name="maximumShrink">By how many per cent the number of people may go down.</param>
    public static IEnumerable<WorkdayExportChange> Between(string export, ExportShape before, ExportShape now, int maximumShrink)
    {
        if (Shrank(before.People, now.People, maximumShrink))
            yield return new(export, WorkdayExportChangeKind.Shrank, null, Counted.Number(before.People), Counted.Number(now.People));
        // An export without people says nothing of its fields.
        if (now.People == 0)
            yield break;
        foreach (var field in now.Fields.Where(field => !before.Fields.ContainsKey(field.Key) && before.People > 0))
            yield return new(export, WorkdayExportChangeKind.FieldAppeared, field.Key, null, Share(now, field.Value));
        foreach (var field in before.Fields)
        {
            if (!now.Fields.TryGetValue(field.Key, out var same))
                yield return new(export, WorkdayExportChangeKind.FieldVanished, field.Key, Share(before, field.Value), null);
            else if (field.Value.Kind is { } was && same.Kind is { } kind && was != kind)
                yield return new(export, WorkdayExportChangeKind.TypeChanged, field.Key, was, kind);
            else if (before.FilledShare(field.Value) >= Most && now.FilledShare(same) < Most && before.FilledShare(field.Value) - now.FilledShare(same) >= Drop)
                yield return new(export, WorkdayExportChangeKind.MostlyBlank, field.Key, Share(before, field.Value), Share(now, same));
        }
    }

    /// <summary>Whether a number of people went down by more than so many per cent.</summary>
    public static bool Shrank(long before, long now, int maximumShrink) => now < before && (before - now) * 100 > before * (long)maximumShrink;

    private static string Share(ExportShape shape, FieldShape field) => $"{(shape.FilledShare(field) * 100).ToString("0", CultureInfo.InvariantCulture)} % filled";
}
