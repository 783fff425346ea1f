using CsCheck;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Tests.PatronSync;

/// <summary>The plan as a pure function: each status, and the free and held cards of the whole plan.</summary>
public sealed class ProxPlannerTests
{
    private static readonly ProxPlanOptions Options = new("http://koha/api/v1", false, "UNIVID", new CardNumberRule(null), ["kiosk", "0099"], ["Temporary: Hourly"], true, person => person is WorkdayEmployee { ActiveStatus: false } ? "inactive" : null);

    private static Patron Patron(int id, string? card, string user = "u", string? universalId = null, string first = "F", string last = "L") => new()
    {
        PatronId = id,
        UserId = user,
        CardNumber = card,
        FirstName = first,
        Surname = last,
        Attributes = universalId is null ? [] : [$"UNIVID:{universalId}"],
    };

    private static WorkdayStudent Student(string? user = "u", string? universalId = "7", string? email = "u@example.edu") =>
        new() { UserName = user, UniversalId = universalId, InstEmail = email, FirstName = "F", LastName = "L" };

    private static ProxCase Case(WorkdayPerson person, string? card, Patron[] byUserId, Patron[] byUniversalId) =>
        new(new ProxPerson([person]), card, false, byUserId, byUniversalId);

    private static ProxChange One(ProxCase at, ProxPlanOptions? options = null) => Assert.Single(new ProxPlanner(options ?? Options).Plan([at], at.ByUserId, []));

    [Fact]
    public void Each_status_has_its_case()
    {
        (ProxChangeStatus Status, ProxCase Case)[] table =
        [
            (ProxChangeStatus.Unchanged, Case(Student(), "1", [Patron(5, "1")], [])),
            (ProxChangeStatus.Change, Case(Student(), "1", [Patron(5, "2")], [])),
            (ProxChangeStatus.Change, Case(Student(), "1", [Patron(5, null)], [])),
            (ProxChangeStatus.Change, Case(Student(), "1", [Patron(5, "2", universalId: "007")], [])),
            (ProxChangeStatus.NoProxNumber, Case(Student(), null, [Patron(5, "2")], [])),
            (ProxChangeStatus.Missing, Case(Student(), "1", [], [])),
            (ProxChangeStatus.Renamed, Case(Student(), "1", [], [Patron(5, "2", "old")])),
            (ProxChangeStatus.Ambiguous, Case(Student(), "1", [Patron(5, "2"), Patron(6, "3")], [])),
            (ProxChangeStatus.Ambiguous, Case(Student(), "1", [], [Patron(5, "2"), Patron(6, "3")])),
            (ProxChangeStatus.Ambiguous, Case(Student(), "1", [Patron(5, "2", universalId: "8")], [])),
            (ProxChangeStatus.Ambiguous, Case(Student(), "1", [new() { PatronId = 5 }], [])),
            (ProxChangeStatus.Ambiguous, Case(Student(user: " "), "1", [], [])),
            (ProxChangeStatus.Excepted, Case(Student("KIOSK"), "1", [Patron(5, "2")], [])),
            (ProxChangeStatus.Excepted, Case(Student(universalId: "99"), "1", [Patron(5, "2")], [])),
            (ProxChangeStatus.Excepted, Case(Student(email: null), "1", [Patron(5, "2")], [])),
            (ProxChangeStatus.Excepted, Case(new WorkdayEmployee { UserName = "u", JobProfile = "Temporary: Hourly" }, "1", [Patron(5, "2")], [])),
            (ProxChangeStatus.Excepted, Case(new WorkdayEmployee { UserName = "u", JobProfile = "Temporary System/Campus Access" }, "1", [], [])),
            (ProxChangeStatus.Excepted, Case(new WorkdayEmployee { UserName = "u", ActiveStatus = false }, "1", [], [])),
            (ProxChangeStatus.Conflict, Case(Student(), "9.00E+03", [Patron(5, "2")], [])),
            (ProxChangeStatus.Conflict, Case(Student(), "01", [Patron(5, "2")], [])),
            (ProxChangeStatus.Excepted, Case(new WorkdayEmployee { UserName = "u", Etype = "Contingent Employees/Contractors" }, "1", [], [])),
        ];
        foreach (var (status, at) in table)
            Assert.Equal(status, One(at).Status);
    }

    [Fact]
    public void Names_are_compared_only_when_asked_for()
    {
        var at = Case(Student(), "1", [Patron(5, "1", first: "Old", last: "L")], []);
        Assert.Equal(ProxChangeStatus.Unchanged, One(at).Status);
        var named = One(at, Options with { IncludeName = true });
        Assert.Equal((ProxChangeStatus.Change, "F", null), (named.Status, named.FirstNameThen, named.SurnameThen));
    }

    private static IReadOnlyList<ProxChange> Plan(IEnumerable<(string User, int Id, string? Now, string Then)> people, params Patron[] others)
    {
        var cases = people.Select(each => Case(Student(each.User, each.User), each.Then, [Patron(each.Id, each.Now, each.User)], [])).ToList();
        return new ProxPlanner(Options).Plan(cases, others, others);
    }

    private static string Statuses(IEnumerable<ProxChange> plan) => string.Join(" ", plan.Select(change => change.Status));

    [Fact]
    public void Cards_may_pass_round_but_not_from_somebody_who_keeps_them()
    {
        // swap, three-cycle, chain
        Assert.Equal("Change Change", Statuses(Plan([("a", 1, "11", "22"), ("b", 2, "22", "11")])));
        Assert.Equal("Change Change Change", Statuses(Plan([("a", 1, "11", "22"), ("b", 2, "22", "33"), ("c", 3, "33", "11")])));
        Assert.Equal("Change Change", Statuses(Plan([("a", 1, "11", "22"), ("b", 2, "22", "33")])));
        // an outsider, one whose card stays, and whoever waits for somebody who is refused
        Assert.Equal("Conflict", Statuses(Plan([("a", 1, "11", "22")], Patron(9, "22"))));
        Assert.Equal("Conflict Unchanged", Statuses(Plan([("a", 1, "11", "22"), ("b", 2, "22", "22")])));
        Assert.Equal("Conflict Conflict", Statuses(Plan([("a", 1, "11", "22"), ("b", 2, "22", "33")], Patron(9, "33"))));
        // one card for two
        Assert.Equal("Conflict Conflict Change", Statuses(Plan([("a", 1, "11", "44"), ("b", 2, "22", "44"), ("c", 3, "33", "55")])));
    }

    /// <summary>Carrying the plan out, all at once, never gives one card to two patrons and takes none from an outsider.</summary>
    [Fact]
    public void Whatever_is_planned_ends_with_each_card_at_one_patron() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 7]).Array[1, 7].Sample(
            pairs =>
            {
                // Patron i holds card i or none; wants any. Patrons 20 to 22 are outsiders with cards 5 to 7.
                var people = pairs.Select((pair, i) => ($"u{i}", i + 1, pair.Item1 == 0 || i >= 5 ? null : i.ToString(), pair.Item2.ToString())).ToList();
                var outsiders = Enumerable.Range(5, 3).Select(card => Patron(15 + card, card.ToString())).ToArray();
                var plan = Plan(people, outsiders);
                var after = plan.Select(change => change.Status is ProxChangeStatus.Change ? change.CardThen : change.CardNow).Concat(outsiders.Select(patron => patron.CardNumber)).Where(card => card is not null).ToList();
                Assert.Equal(after.Count, after.Distinct().Count());
            },
            iter: 3000);
}
