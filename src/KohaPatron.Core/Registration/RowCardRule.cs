using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Registration;

/// <summary>The card number of a row: the prox number if the report has one for this universal ID, else the universal ID.</summary>
internal static class RowCardRule
{
    /// <summary>The number, and whether it comes from the report.</summary>
    public static (string Number, bool IsFromReport) For(WorkdayPerson person, SemesterLoad terms)
    {
        var universalId = person.UniversalId!.Trim();
        return terms.Prox?.CardOf(universalId) is { } card ? (card, true) : (universalId, false);
    }
}
