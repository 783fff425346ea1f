using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.PatronSync.Records;

/// <summary>
/// Makes the plan of whole records: a pure function of rows and what Koha had. It does what a librarian would: an expiry only
/// moves later, an empty value overwrites nothing, the day of enrolment, notes and whatever is not ours stay.
/// </summary>
internal sealed class RecordPlanner(RecordPlanOptions options)
{
    private static readonly string[] Demanded = ["surname", "categorycode", "branchcode"];

    /// <summary>Refuses what the lines cannot have beside each other, and beside patrons of no line.</summary>
    /// <param name="plan">What each needs alone, see <see cref="Alone"/>.</param>
    /// <param name="holders">The patrons who hold the cards that are wanted, or a card that is the user id of somebody new.</param>
    /// <param name="namesakes">The patrons whose user id is a card that is wanted.</param>
    public static void RefuseTogether(IReadOnlyList<PatronChange> plan, IReadOnlyCollection<Patron> holders, IEnumerable<Patron> namesakes)
    {
        RefuseSharedPatrons(plan);
        RefuseCardsAsUserIds(plan, holders);
        CardRules.Refuse(plan, holders, namesakes, "the rows give this card to others too");
    }

    /// <summary>What a person needs without regard to the others.</summary>
    public PatronChange Alone(RecordCase at)
    {
        var change = new PatronChange { ApiRoot = options.ApiRoot, UserId = at.Person.UserId, UniversalId = at.Person.UniversalId };
        if (RecordPlanOptions.Lists(options.Protected, change.UserId, change.UniversalId, null))
            return change.Settle(PatronChangeStatus.Excepted, "protected by the settings");
        if (at.Person.Fault is { } fault)
            return change.Settle(PatronChangeStatus.Conflict, fault);
        if (at.Person.Difference is { } difference)
            return change.Settle(PatronChangeStatus.Ambiguous, difference);
        if (CellText.OrNull(at.Person.Row.categorycode) is { } category && IsCompared("categorycode") && !options.Categories.Contains(category))
            return change.Settle(PatronChangeStatus.Conflict, $"the category {category} of the row is none of the settings'");
        return at.ByUserId.Count switch
        {
            0 => Unknown(change, at),
            1 => Known(change, at.Person.Row, at.ByUserId[0]),
            _ => change.Settle(PatronChangeStatus.Ambiguous, $"{at.ByUserId.Count} patrons with this user id: {Ids(at.ByUserId)}"),
        };
    }

    private PatronChange Unknown(PatronChange change, RecordCase at)
    {
        if (at.ByUniversalId.Count > 1)
            return change.Settle(PatronChangeStatus.Ambiguous, $"{at.ByUniversalId.Count} patrons with this universal ID: {Ids(at.ByUniversalId)}");
        if (at.ByUniversalId.Count == 1)
        {
            change.PatronId = at.ByUniversalId[0].PatronId;
            return change.Settle(PatronChangeStatus.Renamed, $"in Koha as {at.ByUniversalId[0].UserId ?? "a patron whose user id is hidden"}");
        }

        foreach (var (field, value) in RecordFields.Of(at.Person.Row))
            change.Add(RecordFields.ColumnOf(field), null, value);
        if (Array.IndexOf(change.Field, "cardnumber") >= 0)
        {
            change.CardThen = at.Person.Row.cardnumber.Trim();
            if (!IsStandIn(change) && !options.CardNumber.Gives(change.CardThen))
                return change.Settle(PatronChangeStatus.Conflict, $"the card breaks the card number rule {options.CardNumber}");
        }

        return Demanded.FirstOrDefault(column => Array.IndexOf(change.Field, column) < 0) is { } lacking
            ? change.Settle(PatronChangeStatus.Conflict, $"the row has no {lacking}, which Koha demands")
            : change.Settle(PatronChangeStatus.New, null);
    }

    private PatronChange Known(PatronChange change, KohaPatronRow row, Patron patron)
    {
        (change.PatronId, change.CardNow) = (patron.PatronId, patron.CardNumber);
        if (patron.IsBlanked)
            return change.Settle(PatronChangeStatus.Ambiguous, "Koha hides this record's values, as it does with patrons of other libraries");
        var theirs = UniversalIds.Key(ValuesOf(patron, options.Attributes.UniversalId).FirstOrDefault());
        if (theirs.Length > 0 && UniversalIds.Key(change.UniversalId) is { Length: > 0 } ours && theirs != ours)
            return change.Settle(PatronChangeStatus.Ambiguous, "the patron with this user id has another universal ID: it may be somebody else");
        if (RecordPlanOptions.Lists(options.Protected, patron.UserId, theirs, patron.PatronId))
            return change.Settle(PatronChangeStatus.Excepted, "protected by the settings");
        if (patron.CategoryId is null || !options.Categories.Contains(patron.CategoryId))
            return change.Settle(PatronChangeStatus.Excepted, $"the category {patron.CategoryId} is none of the settings'");
        if (IsCompared("cardnumber") && CompareCard(change, row.cardnumber.Trim(), patron) is { } fault)
            return change.Settle(PatronChangeStatus.Conflict, fault);
        CompareFields(change, row, patron);
        return change.Settle(change.Field.Length == 0 ? PatronChangeStatus.Unchanged : PatronChangeStatus.Change, null);
    }

    /// <summary>The card, unless it is only the universal ID in its place and Koha has one; what stands against it, or null.</summary>
    private string? CompareCard(PatronChange change, string card, Patron patron)
    {
        if (card.Length == 0 || RecordPlanOptions.Lists(options.KeepsCard, change.UserId, change.UniversalId, null))
            return null;
        change.CardThen = card;
        if (IsStandIn(change) && !string.IsNullOrEmpty(patron.CardNumber))
        {
            change.CardThen = null;
            return null;
        }

        if (string.Equals(card, patron.CardNumber, StringComparison.Ordinal))
            return null;
        if (!IsStandIn(change) && !options.CardNumber.Gives(card))
            return $"the card breaks the card number rule {options.CardNumber}";
        change.Add("cardnumber", patron.CardNumber, card);
        // A temporary number is nothing to keep; nor is having had none.
        if (!string.IsNullOrEmpty(patron.CardNumber) && !TemporaryCard.Is(patron.CardNumber))
            change.Add(RecordFields.ColumnOf(PatronFields.Statistics2), patron.Statistics2, patron.CardNumber);
        return null;
    }

    private void CompareFields(PatronChange change, KohaPatronRow row, Patron patron)
    {
        if (string.CompareOrdinal(row.dateexpiry.Trim(), patron.ExpiryDate) > 0 && patron.ExpiryDate is not null)
            Compare("dateexpiry", patron.ExpiryDate, row.dateexpiry);
        Compare("categorycode", patron.CategoryId, row.categorycode);
        Compare("surname", patron.Surname, row.surname);
        // Koha sets it to the given name, and does not when that changes.
        if (Compare("firstname", patron.FirstName, row.firstname) && patron.KnowsPreferredName && patron.PreferredName == patron.FirstName)
            change.Add(PatronFields.PreferredName, patron.PreferredName, row.firstname.Trim());
        Compare("email", patron.Email, row.email);
        Compare("phone", patron.Phone, row.phone);
        foreach (var (field, values) in RecordFields.Of(row))
        {
            if (AttributeValues.TypeOf(field) is { } type && !HasUniversalId(type, patron))
                Compare(type, AttributeValues.Join(ValuesOf(patron, type)), values);
        }

        bool Compare(string column, string? now, string then)
        {
            // What the row has not got, and a value that only looks different to Koha's database, is no news.
            if (!IsCompared(column) || CellText.OrNull(then) is not { } value || string.Equals(now, value, StringComparison.Ordinal))
                return false;
            change.Add(column, now, value);
            return true;
        }
    }

    /// <summary>The same universal ID may stand in Koha with other zeros in front, and stays as it is.</summary>
    private bool HasUniversalId(string type, Patron patron) => type == options.Attributes.UniversalId && ValuesOf(patron, type).Any();

    /// <summary>Two people of the input who are one patron to Koha: neither is changed.</summary>
    private static void RefuseSharedPatrons(IReadOnlyList<PatronChange> plan)
    {
        var shared = plan.Where(change => change.Status is PatronChangeStatus.Change or PatronChangeStatus.Unchanged).GroupBy(change => change.PatronId).Where(group => group.Skip(1).Any());
        foreach (var change in shared.SelectMany(group => group).ToList())
            change.Settle(PatronChangeStatus.Ambiguous, "twice in the input");
    }

    /// <summary>A new user id that is somebody's card: Koha would take it, and logs in by both.</summary>
    private static void RefuseCardsAsUserIds(IReadOnlyList<PatronChange> plan, IEnumerable<Patron> holders)
    {
        var cards = holders.Where(patron => patron.CardNumber is not null).ToLookup(patron => CollationKey.Of(patron.CardNumber!), patron => patron.PatronId, StringComparer.Ordinal);
        foreach (var change in plan.Where(change => change.Status == PatronChangeStatus.New))
        {
            if (cards[CollationKey.Of(change.UserId!)].FirstOrDefault() is var holder and not 0)
                change.Settle(PatronChangeStatus.Conflict, $"the user id is the card of patron {holder}");
        }
    }

    private bool IsCompared(string column) => options.Compared.Contains(column);

    /// <summary>Whether the row's card is only the universal ID, because the report has none.</summary>
    private static bool IsStandIn(PatronChange change) => UniversalIds.Key(change.CardThen) is { Length: > 0 } key && key == UniversalIds.Key(change.UniversalId);

    private static IEnumerable<string> ValuesOf(Patron patron, string type) =>
        patron.Attributes.Where(each => each.StartsWith(type + ":", StringComparison.Ordinal)).Select(each => each.Substring(type.Length + 1));

    private static string Ids(IEnumerable<Patron> patrons) => string.Join(", ", patrons.Select(patron => patron.PatronId));
}
