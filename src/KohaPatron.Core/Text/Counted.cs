using System.Globalization;

namespace KohaPatron.Core.Text;

/// <summary>A number with its noun, in the form that the number wants.</summary>
internal static class Counted
{
    /// <summary>"1 record", "1,204 records".</summary>
    public static string Of(long number, string one, string? many = null) =>
        $"{Number(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>"1,204".</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
