using System.Globalization;

namespace KohaPatron.Core.Text;

/// <summary>Days as everything here writes them: year-month-day, whatever the machine's culture.</summary>
internal static class IsoDay
{
    public const string Format = "yyyy-MM-dd";

    public static string Of(DateTime day) => day.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The day on which something was, where the user is.</summary>
    public static string Here(DateTimeOffset moment) => Of(moment.ToLocalTime().DateTime);

    public static bool TryParse(string? text, out DateTime day) => DateTime.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
