using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Registration;

/// <summary>The card number of a row: the prox number if the report has one for this universal ID, else the universal ID.</summary>
internal static class RowCardRule
{
    /// <summary>The number, and the report's card that it comes from; null: it is the universal ID.</summary>
    public static (string Number, ProxCard? Card) For(WorkdayPerson person, SemesterLoad terms)
    {
        var universalId = person.UniversalId!.Trim();
        var card = terms.Prox?.CardOf(universalId);
        return (card?.Number ?? universalId, card);
    }
}
