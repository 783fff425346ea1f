using System.Globalization;

namespace KohaPatron.Core.Text;

/// <summary>A number with its noun, in the form that the number wants.</summary>
internal static class Counted
{
    /// <summary>"1 record", "1,204 records".</summary>
    public static string Of(long number, string one, string? many = null) =>
        $"{number.ToString("N0", CultureInfo.InvariantCulture)} {(number == 1 ? one : many ?? one + "s")}";
}
