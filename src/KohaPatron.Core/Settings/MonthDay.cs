using System.Globalization;

namespace KohaPatron.Core.Settings;

/// <summary>A day of the year, such as 31 May; 29 February is 28 February in years that have none.</summary>
internal sealed record MonthDay(int Month, int Day)
{
    /// <summary>Reads <c>MM-DD</c>.</summary>
    public static bool TryParse(string text, out MonthDay day)
    {
        // 2024 has a 29 February.
        var valid = DateTime.TryParseExact("2024-" + text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        day = new MonthDay(date.Month, date.Day);
        return valid;
    }

    /// <summary>The first such day on or after a date.</summary>
    public DateTime OnOrAfter(DateTime date)
    {
        var sameYear = In(date.Year);
        return sameYear >= date.Date ? sameYear : In(date.Year + 1);
    }

    private DateTime In(int year) => new(year, Month, Math.Min(Day, DateTime.DaysInMonth(year, Month)));
}
