using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Registration;

/// <summary>The card number of a row.</summary>
/// <param name="Number">The number.</param>
/// <param name="FromReport">Whether the prox report gave it; otherwise it is the universal ID.</param>
internal readonly record struct Card(string Number, bool FromReport)
{
    /// <summary>The prox number if the report has one for this universal ID, else the universal ID.</summary>
    public static Card Of(WorkdayPerson person, LoadTerms terms) => terms.Prox?.CardOf(person.UniversalId) is { } prox
        ? new Card(prox, true)
        : new Card(person.UniversalId!.Trim(), false);
}
