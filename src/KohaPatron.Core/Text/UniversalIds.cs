namespace KohaPatron.Core.Text;

/// <summary>The join between the report and Workday: both write universal IDs with a varying number of leading zeros.</summary>
internal static class UniversalIds
{
    /// <summary>The number without spaces and leading zeros; empty where nothing is left.</summary>
    public static string Key(string? universalId) => universalId is null ? string.Empty : universalId.Trim().TrimStart('0');
}
