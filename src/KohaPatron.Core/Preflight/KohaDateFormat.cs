namespace KohaPatron.Core.Preflight;

/// <summary>Koha's preference "dateformat".</summary>
public enum KohaDateFormat
{
    /// <summary>Year-month-day.</summary>
    Iso,

    /// <summary>Month/day/year.</summary>
    Us,

    /// <summary>Day/month/year.</summary>
    Metric,

    /// <summary>Day.month.year.</summary>
    DmyDot,
}
