using System.Diagnostics;
using System.Globalization;
using System.Management.Automation.Runspaces;
using System.Security;
using System.Text.Json.Nodes;
using KohaPatron.Fakes.Koha;
using KohaPatron.TestData;

namespace KohaPatron.Benchmarks.Koha;

/// <summary>
/// A nightly sync over a Koha that takes 50 ms for each answer: 3,000 people, 150 of them with a new card; and a semester's
/// renewal, in which 2,500 need a later expiry and nothing else. The look-ups are
/// set against one GET a person in sequence, measured in the same run over some of the people.
/// </summary>
internal static class SyncBenchmark
{
    private const int PeopleCount = 3_000;
    private const int ChangedCount = 150;
    private const int RenewedCount = 2_500;
    private const int Sequential = 60;

    public static async Task WriteAsync()
    {
        await using var koha = await FakeKoha.StartAsync(new FakeKohaOptions { Delay = TimeSpan.FromMilliseconds(50) });
        var folder = Directory.CreateTempSubdirectory("kohapatron-benchmark").FullName;
        Fill(koha, folder);
        using var runspace = Open(koha, folder);

        Run("Connect-Koha $root $credential");
        var (_, single) = Run($"foreach ($person in @(Get-WorkdayPatron $folder)[0..{Sequential - 1}]) {{ Get-KohaPatron $person.UserName }}");
        var (lookups, batched) = Run("Get-WorkdayPatron $folder | Get-KohaPatron");
        var (requests, sync) = Run("Get-WorkdayPatron $folder | Update-KohaProxNumber $folder/prox.csv -JournalPath $folder/journal.jsonl");
        Run("$rows = Get-WorkdayPatron $folder | ConvertTo-KohaPatronCsv -End 2026-12-18 -ProxReport $folder/prox.csv");
        var (compared, comparison) = Run("$plan = @($rows | Compare-KohaPatron -Field dateexpiry)");
        var (written, renewal) = Run("$plan | Update-KohaPatron -JournalPath $folder/renewal.jsonl");
        Directory.Delete(folder, recursive: true);

        var oneByOne = single * PeopleCount / Sequential;
        Results.Write("Koha with 50 ms for each answer", [
            string.Create(CultureInfo.InvariantCulture, $"{PeopleCount:N0} people, {ChangedCount} of them with a new card; one run. One GET a person is measured with {Sequential} of them."),
            string.Empty,
            .. Results.Table(["", "s", "requests"],
            [
                Row("One GET a person in sequence", oneByOne, PeopleCount),
                Row("`Get-KohaPatron`", batched, lookups),
                Row("`Update-KohaProxNumber`", sync, requests),
                Row("`Compare-KohaPatron`", comparison, compared),
                Row($"`Update-KohaPatron` of that plan, {RenewedCount:N0} later expiries", renewal, written),
            ]),
            string.Empty,
            $"`Get-KohaPatron` takes {Results.Number(oneByOne / batched, "F0")} times less than one GET a person.",
        ]);

        (int Requests, TimeSpan Time) Run(string script)
        {
            koha.Requests.Clear();
            using var shell = System.Management.Automation.PowerShell.Create(runspace);
            shell.AddScript(script);
            var clock = Stopwatch.StartNew();
            shell.Invoke();
            if (shell.Streams.Error.Count > 0)
                throw new InvalidOperationException(shell.Streams.Error[0].ToString());
            return (koha.Requests.Count, clock.Elapsed);
        }
    }

    private static void Fill(FakeKoha koha, string folder)
    {
        var people = Enumerable.Range(0, PeopleCount).Select(People.Student).ToList();
        for (var i = 0; i < PeopleCount; i++)
        {
            koha.State.Add(new JsonObject
            {
                ["surname"] = (string)people[i]["last_name"]!,
                ["firstname"] = (string)people[i]["first_name"]!,
                ["userid"] = (string)people[i]["username"]!,
                ["cardnumber"] = (i % (PeopleCount / ChangedCount) == 0 ? 500_000 + i : 10_000 + i).ToString(CultureInfo.InvariantCulture),
                ["library_id"] = "MAIN",
                ["category_id"] = "UNDERGRAD",
                ["expiry_date"] = i < RenewedCount ? "2026-05-31" : "2030-05-31",
            });
        }

        ExportWriter.WriteExport(Path.Combine(folder, "student_data.json"), people);
        ExportWriter.WriteProxReport(Path.Combine(folder, "prox.csv"), Enumerable.Range(0, PeopleCount).Select(i => (People.UniversalId(i), People.ProxId(i))));
    }

    private static Runspace Open(FakeKoha koha, string folder)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Places.ModuleManifest]);
        var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        var secret = new SecureString();
        foreach (var letter in "secret-editor")
            secret.AppendChar(letter);
        runspace.SessionStateProxy.SetVariable("credential", new System.Management.Automation.PSCredential("client-editor", secret));
        runspace.SessionStateProxy.SetVariable("root", koha.ApiRoot.ToString());
        runspace.SessionStateProxy.SetVariable("folder", folder);
        return runspace;
    }

    private static string[] Row(string what, TimeSpan time, int requests) =>
        [what, Results.Number(time.TotalSeconds, "F1"), Results.Number(requests, "N0")];
}
