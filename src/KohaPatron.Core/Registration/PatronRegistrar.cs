using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Registration;

/// <summary>
/// Makes rows of people, one after the other, and keeps what only the whole load shows: two people with one user id or
/// one card, and the totals.
/// </summary>
internal sealed class PatronRegistrar(SemesterLoad terms, Action<Notice> tell)
{
    /// <summary>From so many people on, it tells something how many of them the report knows.</summary>
    private const int Many = 100;

    private readonly RowMaker _maker = new(terms);
    private readonly SeenUserIds _userIds = new();
    private readonly CardHolders _cards = new();
    private readonly UnknownTerms _unknownTerms = new();
    private readonly Dictionary<string, WorkdayExport> _exports = new(StringComparer.Ordinal);
    private WorkdayExport? _lastExport;

    /// <summary>The totals so far.</summary>
    public PatronLoadSummary Summary { get; init; } = new();

    /// <summary>What is to be said before the first person.</summary>
    public void Begin()
    {
        if (terms.Prox is null)
            tell(RegistrationNotices.NoProxReport());
        if (terms.SemesterEnd < terms.Today)
            tell(RegistrationNotices.EndIsPast(terms));
    }

    /// <summary>The row of a person, or else why there is none.</summary>
    /// <exception cref="KohaPatronException">The settings have no rule for this person's expiry.</exception>
    public (KohaPatronRow? Row, SkippedPatron? Skipped) Register(WorkdayPerson person)
    {
        // Another thread may have made it ahead.
        var draft = person.Draft as RowDraft ?? _maker.Make(person);
        person.Draft = null;
        return Enter(person, draft);
    }

    /// <summary>What is to be said after the last person.</summary>
    public void End()
    {
        foreach (var notice in _unknownTerms.Notices())
            tell(notice);
        foreach (var export in _exports.Values.Where(export => export.IsBroken))
            tell(RegistrationNotices.ExportIncomplete(export));
        Summary.Exports = [.. _exports.Values.Select(export => new WorkdayExportSummary(export.Name, export.People, export.IsComplete, export.Written))];
        CheckCards();
    }

    /// <summary>A report of other people, or half of one, has rows in order: it shows only beside the people of the load.</summary>
    private void CheckCards()
    {
        if (terms.Prox?.HasCards != true)
            return;
        var (cards, rows) = (Summary.CardsFromReport, Summary.Rows);
        if (rows >= Many && 2 * cards < rows)
            tell(RegistrationNotices.FewHaveCards(cards, rows));
    }

    /// <summary>Enters a draft into the load: what is to be told of it is told, and what the others show.</summary>
    [MethodImpl(Compile.Fully)]
    private (KohaPatronRow? Row, SkippedPatron? Skipped) Enter(WorkdayPerson person, RowDraft draft)
    {
        Summary.People++;
        Remember(person.Export);
        if (draft.Skipped is { } skipped)
        {
            Summary.Count(skipped.Reason);
            if (draft.Remarks is not null)
                tell(RegistrationNotices.LeftOut(skipped, person));
            return (null, skipped);
        }

        if (draft.Remarks is not null)
            Tell(draft.Remarks, person);
        if (draft.Fault is { } fault)
            ExceptionDispatchInfo.Capture(fault).Throw();
        draft.Notices?.ForEach(tell);
        if (draft.CardIsFromReport)
            Summary.CardsFromReport++;
        else
            Summary.CardsFromUniversalId++;
        TellCollision(draft.Row!, draft.CardIsFromReport);
        Summary.Rows++;
        return (draft.Row, null);
    }

    private void Tell(List<Remark> remarks, WorkdayPerson person)
    {
        foreach (var remark in remarks)
        {
            var notice = RegistrationNotices.Remarked(remark, person, terms);
            if (notice.Level < NoticeLevel.Warning)
                _unknownTerms.Add(remark, RegistrationNotices.UnknownTermOf(remark, person, terms), (string)notice.Target!);
            tell(notice);
        }
    }

    /// <summary>Two rows that Koha would take for one patron, or that want one card. Whoever repeats a user id is not told of the card as well.</summary>
    [MethodImpl(Compile.Fully)]
    private void TellCollision(KohaPatronRow row, bool cardIsFromReport)
    {
        var isNew = _userIds.Add(row.userid, out var place);
        var hasOwnCard = _cards.Add(row.cardnumber, cardIsFromReport, place, out var holder);
        if (!isNew)
            tell(RegistrationNotices.SameUserId(row.userid));
        else if (!hasOwnCard)
            tell(RegistrationNotices.SameCard(row.userid, holder is { } first ? _userIds.At(first) : null));
    }

    private void Remember(WorkdayExport? export)
    {
        if (export is null || ReferenceEquals(export, _lastExport))
            return;
        _lastExport = export;
        _exports[export.Name] = export;
    }
}
