using System.Text.Json.Nodes;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.PatronSync.Records;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.Core.Tests.PatronSync;

/// <summary>A Koha with patrons as they come: with attributes of ours and others, cards that pass round, categories that are not ours; and the rows of a load.</summary>
internal sealed class RecordRoom : IAsyncDisposable
{
    public const string Board = "S";

    private static readonly string[] Ours = ["UNDERGRAD", "GRAD"];
    private static readonly string[] Programs = ["Illustration", "Comics", "Art, Media: Intro"];

    private readonly CardRoom _room;

    private RecordRoom(CardRoom room) => _room = room;

    public static KohaPatronSettings Settings { get; } = Protecting("user5", "999");

    public CardRoom Cards => _room;

    public List<KohaPatronRow> Rows { get; } = [];

    public static async Task<RecordRoom> OpenAsync(KohaVersion? version = null, TimeSpan? timeout = null) => new(await CardRoom.OpenAsync(version, timeout));

    /// <summary>The settings of a library, which protect these patrons.</summary>
    public static KohaPatronSettings Protecting(string one, string other) => Load($$"""
        {
          "replaceTables": true,
          "attributes": { "universalId": "UID", "studentId": "STUID", "major": "PROGRAM", "department": "DEPT" },
          "categories": { "Undergraduate": "UNDERGRAD", "Graduate": "GRAD", "Staff": "STAFF", "Faculty": "FACULTY" },
          "protect": { "fields": [], "patrons": ["{{one}}", "{{other}}"] }
        }
        """);

    /// <summary>Begins anew with patrons and rows of these numbers' choosing: six users that Koha has, two outsiders with cards, two who have left, three users that it has not.</summary>
    public void Fill(int seed)
    {
        var random = new Random(seed);
        var cards = Enumerable.Range(11, 12).ToArray();
        random.Shuffle(cards);
        var holds = Enumerable.Range(0, 6).Select(i => random.Next(4) > 0 ? $"{11 + i}" : null).ToList();
        _room.Fill([.. holds.Select((card, i) => ($"user{i}", card)), ("outsider0", "17"), ("outsider1", "18"), ("leaver0", "19"), ("leaver1", null)]);
        foreach (var leaver in new[] { "leaver0", "leaver1" })
            Give(_room.Find(leaver), 10, random);
        // Out of the way of the numbers that new patrons get.
        foreach (var patron in _room.Koha.State.Patrons.Where(patron => (int)patron["patron_id"]! > 100))
            patron["patron_id"] = (int)patron["patron_id"]! + 100_000;
        Rows.Clear();
        for (var i = 0; i < 9; i++)
        {
            if (i < 6)
                Give(_room.Find($"user{i}"), i, random);
            Rows.Add(new KohaPatronRow
            {
                userid = i < 6 ? $"user{i}" : $"new{i}",
                surname = random.Next(4) == 0 ? "Other" : "Last",
                firstname = random.Next(4) == 0 ? "Other" : "First",
                branchcode = "MAIN",
                categorycode = Ours[random.Next(2)],
                cardnumber = random.Next(4) == 0 ? $"{900 + i}" : $"{cards[i]}",
                dateexpiry = random.Next(3) == 0 ? "" : "2026-12-18",
                email = random.Next(2) == 0 ? "" : $"mail{i}@example.edu",
                phone = random.Next(3) == 0 ? "555" : "",
                patron_attributes = string.Join(',', Attributes(i, random)),
            });
        }
    }

    /// <summary>All that Koha has but for time stamps and the numbers that it gives.</summary>
    public string State(Func<string, bool>? isShown = null)
    {
        lock (_room.Koha.State.Gate)
        {
            return string.Join("\n", _room.Koha.State.Patrons.Select(patron =>
            {
                var shown = patron.DeepClone().AsObject();
                foreach (var attribute in shown[KohaState.Attributes]!.AsArray())
                    attribute!.AsObject().Remove("extended_attribute_id");
                foreach (var field in shown.Select(each => each.Key).Where(field => field is "updated_on" or "patron_id" || isShown?.Invoke(field) == false).ToList())
                    shown.Remove(field);
                return shown.ToJsonString();
            }).Order(StringComparer.Ordinal));
        }
    }

    public Task<IReadOnlyList<PatronChange>> CompareAsync() =>
        RecordComparison.For(_room.Connection, Settings, null, PatronLookup.DefaultBatchSize).PlanAsync(Rows, TestContext.Current.CancellationToken);

    /// <summary>Who is in Koha and in no row, though their account has not ended.</summary>
    public Task<IReadOnlyList<PatronChange>> CompareLeaversAsync() =>
        new LeaverComparison(new PatronPages(_room.Connection.Http, 3), RecordPlanOptions.From(Settings, _room.Connection.ApiRoot, null), new DateTime(2026, 1, 1))
            .FindAsync(Rows.Select(row => new WorkdayStudent { UserName = row.userid, UniversalId = $"9{row.userid[^1]}" }), TestContext.Current.CancellationToken);

    /// <summary>Plans, leavers too, and carries out; gives the results by user.</summary>
    public async Task<Dictionary<string, string>> UpdateAsync() => await ApplyAsync([.. await CompareAsync(), .. await CompareLeaversAsync()]);

    /// <summary>Carries a plan out as Update-KohaPatron -ExpireLeaver does.</summary>
    public Task<Dictionary<string, string>> ApplyAsync(IEnumerable<PatronChange> plan)
    {
        var changes = plan.Where(change => change.Status is PatronChangeStatus.New or PatronChangeStatus.Change or PatronChangeStatus.Leaver).ToList();
        RecordLines.Check(changes, Settings);
        var lines = changes.Select(change => change.Status == PatronChangeStatus.Leaver ? RecordLines.Leaver(change, "2026-03-31") : RecordLines.Of(change));
        return _room.ApplyAsync([.. lines.OfType<PatronLine>()], leavesAlone: RecordGuard.Of(Settings));
    }

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    private void Give(JsonObject patron, int i, Random random)
    {
        lock (_room.Koha.State.Gate)
        {
            patron["category_id"] = random.Next(5) == 0 ? Board : Ours[random.Next(2)];
            patron["expiry_date"] = random.Next(4) switch { 0 => null, 1 => "2031-05-31", _ => "2026-05-31" };
            patron["email"] = random.Next(2) == 0 ? null : $"old{i}@example.edu";
            patron["staff_notes"] = "a note";
            foreach (var attribute in Attributes(i, random).Select(each => each.Trim('"').Split(':', 2)).Append(["SINGLE", "not ours"]))
                _room.Koha.State.AddAttribute(patron, attribute[0], attribute[1]);
        }
    }

    private static IEnumerable<string> Attributes(int i, Random random)
    {
        yield return $"UID:{900 + i}";
        if (random.Next(2) == 0)
            yield return $"STUID:S{i}{random.Next(2)}";
        foreach (var program in Programs.Where(_ => random.Next(2) == 0))
            yield return $"\"PROGRAM:{program}\"";
    }

    private static KohaPatronSettings Load(string json)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, json);
        var settings = SettingsLoader.Load(new SettingsRequest(path, null, null, null));
        File.Delete(path);
        return settings;
    }
}
