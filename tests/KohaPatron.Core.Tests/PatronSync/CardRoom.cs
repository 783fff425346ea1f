using System.Text.Json.Nodes;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.PatronSync.Apply;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.Core.Tests.PatronSync;

/// <summary>A Koha over real HTTP with a few patrons and a journal beside it: cards are changed in it as the cmdlets do.</summary>
internal sealed class CardRoom : IAsyncDisposable
{
    private static readonly KohaPatronSettings Settings = SettingsLoader.Load(new SettingsRequest(null, null, null, null));

    private readonly string _folder = Directory.CreateTempSubdirectory("kohapatron-cards").FullName;
    private readonly List<JsonObject> _others;

    private CardRoom(FakeKoha koha, KohaConnection connection)
    {
        (Koha, Connection) = (koha, connection);
        _others = [.. koha.State.Patrons];
        Journal = Path.Combine(_folder, "journal.jsonl");
    }

    public FakeKoha Koha { get; }

    public KohaConnection Connection { get; }

    public string Journal { get; set; }

    public string ApiRoot => Core.PatronSync.Plan.ApiRoot.Of(Connection.ApiRoot);

    /// <summary>The reasons of the last results, by user.</summary>
    public Dictionary<string, string?> Reasons { get; } = new(StringComparer.Ordinal);

    /// <summary>The patrons of the last results, by user.</summary>
    public Dictionary<string, int?> PatronIds { get; } = new(StringComparer.Ordinal);

    /// <summary>What the last run told.</summary>
    public List<Notice> Told { get; } = [];

    public static async Task<CardRoom> OpenAsync(KohaVersion? version = null, TimeSpan? timeout = null)
    {
        var koha = await FakeKoha.StartAsync(new FakeKohaOptions { Version = version ?? KohaVersion.V2506 });
        return new CardRoom(koha, await ConnectAsync(koha, timeout));
    }

    public static Task<KohaConnection> ConnectAsync(FakeKoha koha, TimeSpan? timeout = null) => KohaConnection.OpenAsync(
        "Koha",
        new KohaEndpoint(koha.ApiRoot, KohaSignIn.ClientCredentials, "client-editor", "secret-editor", "Tests", 3, timeout ?? TimeSpan.FromSeconds(5)),
        _ => { },
        TestContext.Current.CancellationToken,
        TimeSpan.FromMilliseconds(1));

    /// <summary>Begins anew with these patrons, numbered from 101, and no journal.</summary>
    public void Fill(params (string User, string? Card)[] patrons)
    {
        lock (Koha.State.Gate)
        {
            Koha.State.Patrons.Clear();
            Koha.State.Patrons.AddRange(_others.Select(patron => patron.DeepClone().AsObject()));
            for (var i = 0; i < patrons.Length; i++)
            {
                var patron = Koha.State.Add(new JsonObject
                {
                    ["surname"] = "Last",
                    ["firstname"] = "First",
                    ["preferred_name"] = "First",
                    ["userid"] = patrons[i].User,
                    ["cardnumber"] = patrons[i].Card,
                    ["library_id"] = "MAIN",
                    ["category_id"] = "STUDENT",
                    ["statistics_2"] = i % 2 == 0 ? null : "kept",
                });
                patron["patron_id"] = 101 + i;
            }
        }

        File.Delete(Journal);
        Koha.Faults.Clear();
        Koha.Requests.Clear();
    }

    /// <summary>All that Koha has, but for the time stamps.</summary>
    public string State()
    {
        lock (Koha.State.Gate)
        {
            return string.Join("\n", Koha.State.Patrons.Select(patron =>
            {
                var shown = patron.DeepClone().AsObject();
                shown.Remove("updated_on");
                return shown.ToJsonString();
            }));
        }
    }

    public string? CardOf(string user) => (string?)Find(user)["cardnumber"];

    public JsonObject Find(string user) => Koha.State.Patrons.Single(patron => (string?)patron["userid"] == user);

    /// <summary>The users who hold a temporary number.</summary>
    public IReadOnlyList<string> Parked() => [.. Koha.State.Patrons.Where(patron => TemporaryCard.Is((string?)patron["cardnumber"])).Select(patron => (string)patron["userid"]!)];

    public Task<IReadOnlyList<ProxChange>> CompareAsync(IReadOnlyList<(string User, string Card)> report, string? newName = null)
    {
        var people = report.Select(each => new WorkdayStudent { UserName = each.User, UniversalId = each.User, FirstName = newName ?? "First", LastName = "Last", InstEmail = "a@example.edu" });
        var numbers = new ProxTable(report.Select(each => new ProxNumber { UniversalId = each.User, CardNumber = each.Card }));
        return ProxComparison.For(Connection, Settings, numbers, newName is not null, PatronLookup.DefaultBatchSize).PlanAsync(people, TestContext.Current.CancellationToken);
    }

    /// <summary>Plans for a report and carries it out; gives the results by user.</summary>
    public async Task<Dictionary<string, string>> UpdateAsync(IReadOnlyList<(string User, string Card)> report, string? newName = null) => await ApplyAsync(await CompareAsync(report, newName));

    public Task<Dictionary<string, string>> ApplyAsync(IEnumerable<ProxChange> plan) => ApplyAsync([.. plan.Where(change => change.Status == ProxChangeStatus.Change).Select(ProxLines.Of)]);

    public Task<Dictionary<string, string>> ApplyAsync(IReadOnlyList<PatronLine> lines, CancellationToken? cancel = null, int? maximum = 100, Func<PatronRecord, string?>? leavesAlone = null) =>
        RunAsync(run => run.ApplyAsync(lines, lines.Count, cancel ?? TestContext.Current.CancellationToken), maximum, leavesAlone);

    public Task<Dictionary<string, string>> UndoAsync(int? maximum = 100, Func<PatronRecord, string?>? leavesAlone = null) =>
        RunAsync(run => run.UndoAsync(onlyCards: false, TestContext.Current.CancellationToken), maximum, leavesAlone);

    public async ValueTask DisposeAsync()
    {
        Connection.Dispose();
        await Koha.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Dictionary<string, string>> RunAsync(Func<SyncRun, Task> work, int? maximum, Func<PatronRecord, string?>? leavesAlone = null)
    {
        Told.Clear();
        var results = new Dictionary<string, string>(StringComparer.Ordinal);
        var places = new List<int>();
        var terms = new SyncTerms(Journal, new ChangeBrake(maximum), IsWhatIf: false, _ => true, result =>
        {
            places.Add(result.Place);
            results.Add(result.Line.UserId, result.End.ToString());
            Reasons[result.Line.UserId] = result.Message;
            PatronIds[result.Line.UserId] = result.PatronId;
        },
        notice =>
        {
            lock (Told)
                Told.Add(notice);
        })
        {
            LeavesAlone = leavesAlone,
        };
        await work(new SyncRun(Connection, "UID", terms));
        Assert.Equal(places.Order(), places);
        return results;
    }
}
