using System.Globalization;

namespace KohaPatron.Core.Text;

/// <summary>A number with its noun, in the form that the number wants.</summary>
internal static class Counted
{
    private const int LongestList = 3;

    /// <summary>"1 record", "1,204 records".</summary>
    public static string Of(long number, string one, string? many = null) =>
        $"{Number(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>"1,204".</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The first three clauses, and how many more there are.</summary>
    public static string Clauses(IReadOnlyCollection<string> clauses) =>
        string.Join("; ", clauses.Take(LongestList)) + (clauses.Count > LongestList ? $"; {Number(clauses.Count - LongestList)} more" : string.Empty);
}
