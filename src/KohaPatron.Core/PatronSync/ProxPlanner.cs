using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Text;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.PatronSync;

/// <summary>
/// Makes the plan: a pure function of people, cards, and what Koha had. Who can be changed depends on all the others, for a
/// card is free only when its holder gives it up in the same plan.
/// </summary>
internal sealed class ProxPlanner(ProxPlanOptions options)
{
    private static readonly string[] NotMissedEtypes = ["Contingent Employees/Contractors"];
    private static readonly string[] NotMissedJobProfiles = ["Temporary System/Campus Access"];

    /// <summary>The plan, a line for each person in their order.</summary>
    /// <param name="cases">The people.</param>
    /// <param name="holders">The patrons who hold the cards that are wanted, people of the plan or not.</param>
    /// <param name="namesakes">The patrons whose user id is a card that is wanted.</param>
    public IReadOnlyList<ProxChange> Plan(IReadOnlyList<ProxCase> cases, IEnumerable<Patron> holders, IEnumerable<Patron> namesakes)
    {
        var plan = cases.Select(Alone).ToList();
        RefuseSharedPatrons(plan);
        CardRules.Refuse(plan, holders, namesakes, "the report gives this card to others too");
        return plan;
    }

    /// <summary>What a person needs without regard to the others.</summary>
    public ProxChange Alone(ProxCase at)
    {
        var change = new ProxChange { ApiRoot = options.ApiRoot, Person = at.Person, UserId = at.Person.UserId, UniversalId = at.Person.UniversalId, CardThen = at.Card };
        // Whoever stands in two exports is excepted only where both say so.
        var exceptions = at.Person.Records.Select(Exception).ToList();
        if (exceptions.TrueForAll(why => why is not null))
            return Settle(change, ProxChangeStatus.Excepted, exceptions[0]);
        if (at.Person.Difference is { } difference)
            return Settle(change, ProxChangeStatus.Ambiguous, difference);
        if (at.Card is null)
            return Settle(change, ProxChangeStatus.NoProxNumber, null);
        if (change.UserId is null)
            return Settle(change, ProxChangeStatus.Ambiguous, "no user name in the export");
        return at.ByUserId.Count switch
        {
            0 => Unknown(change, at),
            1 => Known(change, at, at.ByUserId[0]),
            _ => Settle(change, ProxChangeStatus.Ambiguous, $"{at.ByUserId.Count} patrons with this user id: {Ids(at.ByUserId)}"),
        };
    }

    private ProxChange Unknown(ProxChange change, ProxCase at)
    {
        if (at.ByUniversalId.Count > 1)
            return Settle(change, ProxChangeStatus.Ambiguous, $"{at.ByUniversalId.Count} patrons with this universal ID: {Ids(at.ByUniversalId)}");
        if (at.ByUniversalId.Count == 1)
            return Settle(Seen(change, at.ByUniversalId[0]), ProxChangeStatus.Renamed, $"in Koha as {at.ByUniversalId[0].UserId ?? "a patron whose user id is hidden"}");
        if (at.Person.Records.All(IsNotMissed))
            return Settle(change, ProxChangeStatus.Excepted, "not in Koha, and need not be");
        var leftOut = at.Person.Records.Select(options.LeftOut).ToList();
        return leftOut.TrueForAll(why => why is not null)
            ? Settle(change, ProxChangeStatus.Excepted, $"not in Koha, and a load would not make the patron: {leftOut[0]}")
            : Settle(change, ProxChangeStatus.Missing, "no patron with this user id or universal ID");
    }

    private ProxChange Known(ProxChange change, ProxCase at, Patron patron)
    {
        Seen(change, patron);
        if (patron.IsBlanked)
            return Settle(change, ProxChangeStatus.Ambiguous, "Koha hides this record's values, as it does with patrons of other libraries");
        if (UniversalIdOf(patron) is { Length: > 0 } theirs && UniversalIds.Key(change.UniversalId) is { Length: > 0 } ours && theirs != ours)
            return Settle(change, ProxChangeStatus.Ambiguous, "the patron with this user id has another universal ID: it may be somebody else");
        if (at.IsShared && !string.Equals(patron.CardNumber, at.Card, StringComparison.Ordinal))
            return Settle(change, ProxChangeStatus.Conflict, "the report gives this card to more than one person");
        if (!options.CardNumber.Gives(at.Card))
            return Settle(change, ProxChangeStatus.Conflict, $"the card breaks the card number rule {options.CardNumber}");
        if (options.IncludeName)
            CompareNames(change, at.Person.First, patron);
        var same = string.Equals(patron.CardNumber, at.Card, StringComparison.Ordinal) && change.FirstNameThen is null && change.SurnameThen is null;
        return Settle(change, same ? ProxChangeStatus.Unchanged : ProxChangeStatus.Change, null);
    }

    private static void CompareNames(ProxChange change, WorkdayPerson person, Patron patron)
    {
        var (first, last) = (CellText.Clean(person.FirstName), CellText.Clean(person.LastName));
        change.FirstNameThen = first is not null && !string.Equals(first, patron.FirstName, StringComparison.Ordinal) ? first : null;
        change.PreferredNameThen = patron.KnowsPreferredName && patron.PreferredName == patron.FirstName ? change.FirstNameThen : null;
        change.SurnameThen = last is not null && !string.Equals(last, patron.Surname, StringComparison.Ordinal) ? last : null;
    }

    /// <summary>Two people of the export who are one patron to Koha: neither is changed.</summary>
    private static void RefuseSharedPatrons(List<ProxChange> plan)
    {
        var shared = plan.Where(change => change.Status is ProxChangeStatus.Change or ProxChangeStatus.Unchanged)
            .GroupBy(change => change.PatronId)
            .Where(group => group.Select(change => change.CardThen).Distinct(StringComparer.Ordinal).Skip(1).Any());
        foreach (var change in shared.SelectMany(group => group).ToList())
            Settle(change, ProxChangeStatus.Ambiguous, "twice in the input, with different cards");
    }

    private string? Exception(WorkdayPerson person)
    {
        if (Listed(options.Exceptions, person.UserName) || options.Exceptions.Any(each => UniversalIds.Key(each) is { Length: > 0 } key && key == UniversalIds.Key(CellText.Clean(person.UniversalId))))
            return "on the list proxExceptions of the settings";
        if (person is WorkdayEmployee employee && Listed(options.LeftOutJobProfiles, employee.JobProfile))
            return $"the job profile \"{employee.JobProfile!.Trim()}\" is left alone";
        return options.LeaveOutStudentsWithoutEmail && person is WorkdayStudent && CellText.OrNull(person.Email) is null ? "a student without e-mail address" : null;
    }

    private static bool IsNotMissed(WorkdayPerson person) => person is WorkdayEmployee employee
        && (Listed(NotMissedEtypes, employee.Etype) || Listed(NotMissedJobProfiles, employee.JobProfile) || employee.IsContingent == true);

    private static bool Listed(IEnumerable<string> list, string? value) => CellText.Clean(value) is { } text && list.Contains(text, StringComparer.OrdinalIgnoreCase);

    private string? UniversalIdOf(Patron patron)
    {
        var prefix = options.UniversalIdAttribute + ":";
        var attribute = patron.Attributes.FirstOrDefault(each => each.StartsWith(prefix, StringComparison.Ordinal));
        return attribute is null ? null : UniversalIds.Key(attribute.Substring(prefix.Length));
    }

    private static ProxChange Seen(ProxChange change, Patron patron)
    {
        change.PatronId = patron.PatronId;
        change.FirstNameNow = patron.FirstName;
        change.SurnameNow = patron.Surname;
        change.Statistics2Now = patron.Statistics2;
        change.CardNow = patron.CardNumber;
        change.NameInKoha = CellText.OrNull($"{patron.FirstName} {patron.Surname}");
        return change;
    }

    private static ProxChange Settle(ProxChange change, ProxChangeStatus status, string? why)
    {
        change.Status = status;
        change.Why = why;
        return change;
    }

    private static string Ids(IEnumerable<Patron> patrons) => string.Join(", ", patrons.Select(patron => patron.PatronId));
}
