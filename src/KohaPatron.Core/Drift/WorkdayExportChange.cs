namespace KohaPatron.Core.Drift;

/// <summary>How an export differs from what it was.</summary>
public enum WorkdayExportChangeKind
{
    /// <summary>A field that was not there.</summary>
    FieldAppeared,

    /// <summary>A field that is not there any more.</summary>
    FieldVanished,

    /// <summary>A field holds another kind of value.</summary>
    TypeChanged,

    /// <summary>A field that most people had is blank for most.</summary>
    MostlyBlank,

    /// <summary>The export has far fewer people.</summary>
    Shrank,

    /// <summary>There was an export of this name, and none is given now.</summary>
    ExportMissing,
}

/// <summary>A difference between an export and what it was at the last check.</summary>
/// <param name="Export">The file name of the export.</param>
/// <param name="Kind">What differs.</param>
/// <param name="Field">The field; null where the export is meant.</param>
/// <param name="Before">What it was.</param>
/// <param name="Now">What it is.</param>
public sealed record WorkdayExportChange(string Export, WorkdayExportChangeKind Kind, string? Field, string? Before, string? Now);
