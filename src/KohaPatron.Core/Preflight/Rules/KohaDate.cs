using System.Globalization;
using System.Text.RegularExpressions;

namespace KohaPatron.Core.Preflight.Rules;

/// <summary>What Koha makes of a date.</summary>
internal enum KohaDateOutcome
{
    Taken,
    Refused,

    /// <summary>Day 0 becomes day 1.</summary>
    Changed,
}

/// <summary>Dates as Koha's import reads them: year-month-day always, another order only under its preference, a time of day may follow.</summary>
internal static class KohaDate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private const string Time = @"([Tt]?\s*([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?(\s[AP]M)?([Zz]|[+-]([01][0-9]|2[0-3]):?([0-5][0-9])?)?)?$";

    private static readonly Regex Iso = Pattern("^(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})");
    private static readonly Regex Us = Pattern("^(?<month>[0-9]{2})/(?<day>[0-9]{2})/(?<year>[0-9]{4})");
    private static readonly Regex Metric = Pattern("^(?<day>[0-9]{2})/(?<month>[0-9]{2})/(?<year>[0-9]{4})");

    // Koha's own pattern has a dot that stands for any character.
    private static readonly Regex DmyDot = Pattern("^(?<day>[0-9]{2}).(?<month>[0-9]{2}).(?<year>[0-9]{4})");

    public static KohaDateOutcome Read(string value, KohaDateFormat format)
    {
        if (IsPlain(value))
            return KohaDateOutcome.Taken;
        var date = format switch
        {
            KohaDateFormat.Us => Us.Match(value),
            KohaDateFormat.Metric => Metric.Match(value),
            KohaDateFormat.DmyDot => DmyDot.Match(value),
            _ => Match.Empty,
        };
        if (!date.Success)
            date = Iso.Match(value);
        if (!date.Success)
            return KohaDateOutcome.Refused;
        return Check(Part(date, "year"), Part(date, "month"), Part(date, "day"));
    }

    /// <summary>The usual case, without a regular expression.</summary>
    private static bool IsPlain(string value) =>
        value.Length == 10 && value[0] != '0' && DateTime.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static KohaDateOutcome Check(int year, int month, int day)
    {
        if (year < 1 || month is < 1 or > 12)
            return KohaDateOutcome.Refused;
        if (day == 0)
            return KohaDateOutcome.Changed;
        return day <= DateTime.DaysInMonth(year, month) ? KohaDateOutcome.Taken : KohaDateOutcome.Refused;
    }

    private static int Part(Match date, string name) => int.Parse(date.Groups[name].Value, CultureInfo.InvariantCulture);

    private static Regex Pattern(string date) => new(date + Time.Replace("$", "\\z"), RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);
}
