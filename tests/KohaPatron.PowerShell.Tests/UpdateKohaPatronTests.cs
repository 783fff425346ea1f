using System.Text.RegularExpressions;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.PowerShell.Tests;

/// <summary>What whole records need an engine in process for: a run that is killed at a chosen write.</summary>
public sealed partial class UpdateKohaPatronTests : KohaTest
{
    private const string Rows = """
        @(
            [pscustomobject]@{ userid = 'alovelace@example.edu'; surname = 'Lovelace'; branchcode = 'MAIN'; categorycode = 'STUDENT'; cardnumber = '1000004'; dateexpiry = '2027-12-17'; patron_attributes = 'UID:U1001,PROGRAM:Comics' }
            [pscustomobject]@{ userid = 'ghopper@example.edu'; surname = 'Hopper'; branchcode = 'MAIN'; categorycode = 'FACULTY'; cardnumber = '1000001'; patron_attributes = 'UID:U1004' }
            [pscustomobject]@{ userid = 'anunez@example.edu'; surname = 'Nunez'; branchcode = 'MAIN'; categorycode = 'STUDENT'; dateexpiry = '2027-12-17'; patron_attributes = 'UID:U1002,STUID:S9002' }
            [pscustomobject]@{ userid = 'newcomer'; surname = 'Comer'; branchcode = 'MAIN'; categorycode = 'STUDENT'; cardnumber = '57426'; dateexpiry = '2027-12-17'; patron_attributes = 'UID:new,PROGRAM:Comics' }
        )
        """;

    private const string Settings = """
        { "attributes": { "universalId": "UID", "studentId": "STUID", "major": "PROGRAM", "department": "DEPT" },
          "categories": { "Undergraduate": "STUDENT" }, "compare": ["cardnumber", "dateexpiry", "patron_attributes"] }
        """;

    private const string Leaver = "[pscustomobject]@{ ApiRoot = '' + $root; Status = 'Leaver'; UserId = 'jsmith@example.edu'; PatronId = 11; Field = @('dateexpiry'); Now = @('2027-05-31'); Then = @($null); Among = 100 }";
    private const string Connect = "Connect-Koha $root $credential; ";
    private const string Update = "@(" + Rows + "; " + Leaver + ") | Update-KohaPatron -ExpireLeaver 2027-05-30 -SettingsPath $folder/settings.json -JournalPath $folder/journal.jsonl";
    private const string Undo = "Undo-KohaPatron $folder/journal.jsonl -SettingsPath $folder/settings.json";

    /// <summary>Attributes, a new patron, a circle of cards and a leaver; and all of it back.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task A_run_killed_at_any_write_of_a_mixed_plan_or_of_its_undo_is_finished_by_the_next_one(int nth)
    {
        await using var koha = await FakeKoha.StartAsync(new FakeKohaOptions { Version = KohaVersion.V2506 });
        Folder.Write("settings.json", Settings);
        var before = State(koha);
        await KillAtAsync(koha, nth, Update);
        Run(koha, Connect + Update).WithoutErrors();
        var left = Run(koha, Connect + Rows + " | Compare-KohaPatron -SettingsPath $folder/settings.json").WithoutErrors();
        Assert.All(left.Each("Status"), status => Assert.Equal("Unchanged", status));
        Assert.Equal("2027-05-30", (string?)koha.State.Find(11)!["expiry_date"]);
        Assert.Single(koha.State.Patrons, patron => (string?)patron["userid"] == "newcomer");
        // Every other one, for a process costs a second; it is cut off at any request where records are tried by chance.
        if (nth % 2 == 1)
            await KillAtAsync(koha, nth, Undo);
        Run(koha, Connect + Undo).WithoutErrors();
        Assert.Equal(before, State(koha));
    }

    /// <summary>The n-th write takes its effect, its answer does not come, and the process is killed meanwhile.</summary>
    private async Task KillAtAsync(FakeKoha koha, int nth, string command)
    {
        var writes = 0;
        koha.OnRequest = (method, path) =>
        {
            if (method != "GET" && IsPatron().IsMatch(path) && Interlocked.Increment(ref writes) == nth)
                koha.Faults.Add(new Fault(FaultKind.Stall) { Method = method, AfterEffect = true });
        };
        var script = $$"""
            $secret = [Security.SecureString]::new(); 'secret-editor'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
            $root = '{{koha.ApiRoot}}'
            Connect-Koha $root ([pscredential]::new('client-editor', $secret)) -ThrottleLimit 1
            $folder = '{{Folder.Path}}'
            {{command}}
            """;
        using (var process = PowerShellProcess.Start(script))
        {
            while (Volatile.Read(ref writes) < nth)
            {
                Assert.False(process.HasExited, $"The run ended after {writes} writes.");
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
            process.Kill();
            process.WaitForExit();
        }

        koha.OnRequest = null;
        koha.Faults.Clear();
    }

    [GeneratedRegex("/patrons(/[1-9]|$)")]
    private static partial Regex IsPatron();

    /// <summary>All that Koha has but for time stamps and the numbers of attributes.</summary>
    private static string State(FakeKoha koha)
    {
        lock (koha.State.Gate)
        {
            return string.Join("\n", koha.State.Patrons.Select(patron =>
            {
                var shown = patron.DeepClone().AsObject();
                shown.Remove("updated_on");
                foreach (var attribute in shown[KohaState.Attributes]!.AsArray())
                    attribute!.AsObject().Remove("extended_attribute_id");
                return shown.ToJsonString();
            }).Order(StringComparer.Ordinal));
        }
    }
}
