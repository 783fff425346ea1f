using System.Text.Json.Nodes;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.PowerShell.Tests;

/// <summary>Update-KohaProxNumber and Undo-KohaProxNumber: what Koha has in the end, under every fault at every step.</summary>
public sealed class UpdateKohaProxNumberTests : KohaTest
{
    private const string Connect = "Connect-Koha $root $credential -WarningAction Ignore -TimeoutSec 2; ";
    private const string Update = "Get-WorkdayPatron $folder | Update-KohaProxNumber $folder/prox.csv -SettingsPath $folder/settings.json -JournalPath $folder/journal.jsonl";
    private const string Undo = "Undo-KohaProxNumber -JournalPath $folder/journal.jsonl -SettingsPath $folder/settings.json";

    // The patrons of the seed who hold cards: 5 Ada 1000001, 8 Grace 1000004, 10 Sinead 1000006, 11 Jo 1000007; 16 jdoe 1000012.
    private static readonly (string User, string Id, int Patron, string Card)[] People =
    [
        ("alovelace@example.edu", "U1001", 5, "1000001"),
        ("ghopper@example.edu", "U1004", 8, "1000004"),
        ("soneil@example.edu", "U1006", 10, "1000006"),
        ("jsmith@example.edu", "U1007", 11, "1000007"),
    ];

    /// <summary>The first people of the list, with the cards that the report gives them.</summary>
    private void Given(params string[] cards)
    {
        Folder.Write("student_data.json", Export([.. cards.Select((_, i) => Student(People[i].User, People[i].Id))]));
        Folder.Write("prox.csv", "\"Universal ID\",\"Prox ID\"\n" + string.Concat(cards.Select((card, i) => $"{People[i].Id},{card}\n")));
        Folder.Write("settings.json", """{"attributes":{"universalId":"UID"}}""");
    }

    private static string?[] Cards(FakeKoha koha, int count) => [.. People.Take(count).Select(person => (string?)koha.State.Find(person.Patron)!["cardnumber"])];

    private static IEnumerable<SeenRequest> Writes(FakeKoha koha) => koha.Requests.Where(request => request.Method == "PUT" && !request.Path.EndsWith("/patrons/0", StringComparison.Ordinal));

    [Theory]
    [InlineData("57426")]
    [InlineData("1000004", "1000001")]
    [InlineData("1000004", "1000006", "1000001")]
    [InlineData("1000004", "1000006", "1000007", "1000001")]
    [InlineData("1000004", "1000006", "99")]
    [InlineData("1000004", "1000001", "1000007", "1000006")]
    public async Task New_cards_swaps_circles_and_chains_all_arrive_and_come_back(params string[] cards)
    {
        await using var koha = await FakeKoha.StartAsync();
        Given(cards);
        var before = Cards(koha, cards.Length);
        var result = Run(koha, Connect + Update).WithoutErrors();
        Assert.All(result.Each("Status"), status => Assert.Equal("Updated", status));
        Assert.Equal(cards.Length, result.Output.Count);
        Assert.Equal(cards, Cards(koha, cards.Length));
        Assert.Equal(before, People.Take(cards.Length).Select(person => (string?)koha.State.Find(person.Patron)!["statistics_2"]));
        Assert.All(Run(koha, Update).WithoutErrors().Each("Status"), status => Assert.Equal("Unchanged", status));

        Assert.All(Run(koha, Undo).WithoutErrors().Each("Status"), status => Assert.Equal("Updated", status));
        Assert.Equal(before, Cards(koha, cards.Length));
        Assert.Empty(Run(koha, Undo).WithoutErrors().Output);
    }

    [Fact]
    public async Task A_card_that_an_outsider_holds_is_left_alone()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("1000012");
        Assert.Equal(["Conflict"], Run(koha, Connect + Update).WithoutErrors().Each("Status"));
        Assert.Empty(Writes(koha));
    }

    [Fact]
    public async Task The_write_carries_what_Koha_demands_and_what_changes_and_nothing_else()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("57426");
        // A librarian edits the record between the look-up and the write.
        koha.OnRequest = (method, path) =>
        {
            if (method == "GET" && path.EndsWith("/patrons/5", StringComparison.Ordinal))
            {
                koha.State.Find(5)!["surname"] = "Byron";
                koha.State.Find(5)!["phone"] = "123";
            }
        };
        Run(koha, Connect + Update).WithoutErrors();
        var sent = JsonNode.Parse(Writes(koha).Single().Body)!.AsObject();
        Assert.Equal(["surname", "library_id", "category_id", "cardnumber", "statistics_2"], sent.Select(field => field.Key));
        Assert.Equal("Byron", (string?)sent["surname"]);
        Assert.Equal("123", (string?)koha.State.Find(5)!["phone"]);
    }

    [Fact]
    public async Task Names_are_brought_up_to_date_on_request_and_the_preferred_name_where_it_was_the_first()
    {
        await using var koha = await FakeKoha.StartAsync(new FakeKohaOptions { Version = KohaVersion.Newest });
        Given("57426");
        Run(koha, Connect + Update + " -IncludeName").WithoutErrors();
        var ada = koha.State.Find(5)!;
        Assert.Equal(("F", "L", "F", "57426"), ((string?)ada["firstname"], (string?)ada["surname"], (string?)ada["preferred_name"], (string?)ada["cardnumber"]));
    }

    [Fact]
    public async Task A_card_that_moved_since_the_plan_is_a_conflict()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("57426", "57427");
        koha.OnRequest = (method, path) =>
        {
            if (method == "GET" && path.Contains("me.patron_id", StringComparison.Ordinal))
                koha.State.Find(5)!["cardnumber"] = "librarian";
        };
        Assert.Equal(["Conflict", "Updated"], Run(koha, Connect + Update).WithoutErrors().Each("Status"));
        Assert.Equal(["librarian", "57427"], Cards(koha, 2));
    }

    [Fact]
    public async Task A_blanked_record_is_refused()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("57426");
        koha.OnRequest = (method, path) =>
        {
            if (method == "GET" && path.EndsWith("/patrons/5", StringComparison.Ordinal))
                koha.State.Blanked.Add(5);
        };
        Assert.Equal(["Conflict"], Run(koha, Connect + Update).WithoutErrors().Each("Status"));
        Assert.Empty(Writes(koha));
    }

    [Fact]
    public async Task More_changes_than_allowed_stop_the_run_before_the_first_write()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("1", "2", "3");
        var error = Run(koha, Connect + Update + " -MaximumChange 2").Failure;
        Assert.Equal("3 of 3 cards would change (100 %). The limit is 2. Nothing was written. If that is right, repeat with -MaximumChange 3.", error.ToString());
        Assert.Empty(Writes(koha));
        Assert.Equal(3, Run(koha, Update + " -MaximumChange 3").WithoutErrors().Output.Count);
    }

    [Fact]
    public async Task WhatIf_names_the_patron_and_writes_nothing_anywhere()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("1000004", "1000001");
        Run(koha, Connect + Update + " -WhatIf").WithoutErrors();
        Assert.Empty(Writes(koha));
        Assert.False(File.Exists(Folder["journal.jsonl"]));
        Run(koha, Update).WithoutErrors();
        var written = File.ReadAllText(Folder["journal.jsonl"]);
        Run(koha, Undo + " -WhatIf").WithoutErrors();
        Assert.Equal(["1000004", "1000001"], Cards(koha, 2));
        Assert.Equal(written, File.ReadAllText(Folder["journal.jsonl"]));
    }

    [Fact]
    public async Task A_plan_may_arrive_as_one_list()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("1000004", "1000001");
        var result = Run(koha, Connect + "$plan = @(Get-WorkdayPatron $folder | Compare-KohaProxNumber $folder/prox.csv -SettingsPath $folder/settings.json); , $plan | Update-KohaProxNumber -JournalPath $folder/j.jsonl -SettingsPath $folder/settings.json").WithoutErrors();
        Assert.Equal(["Updated", "Updated"], result.Each("Status"));
    }

    [Fact]
    public async Task Missing_people_are_written_as_an_export_that_is_read_again()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("1000001");
        Folder.Write("student_data.json", Export(Student("alovelace@example.edu", "U1001"), Student("nobody", "new", "\"campus\":\"Oakland\",\"last_name\":\"Núñez\",\"programs\":[{\"program\":\"Glass\"}]")));
        Folder.Write("employee_data.json", Export(Employee("nobody-too", "new2"), Employee("contractor", "new3", "\"job_profile\":\"Temporary System/Campus Access\"")));
        Folder.Write("prox.csv", "\"Universal ID\",\"Prox ID\"\nU1001,1000001\nnew,5\nnew2,6\nnew3,7\n");
        var result = Run(koha, Connect + Update + " -MissingPath $folder/missing.json").WithoutErrors();
        Assert.Equal(["Unchanged", "Missing", "Missing", "Excepted"], result.Each("Status"));
        Assert.Matches("^Card numbers  4 people: 1 unchanged, 2 missing, 1 excepted   [0-9]+ s, [1-9][0-9]* requests$", Assert.Single(result.Information));
        var missing = Run("Get-WorkdayPatron $folder/missing.json").WithoutErrors();
        Assert.Equal(["nobody", "nobody-too"], missing.Each("UserName"));
        Assert.Equal(["Student", "Employee"], missing.Each("Type"));
        Assert.Equal(["Oakland", null], missing.Each("campus"));
        Assert.Equal("Glass", Run("(Get-WorkdayPatron $folder/missing.json -Type Student).Programs[0].Program").Output[0].ToString());
    }

    [Fact]
    public async Task A_list_of_missing_people_is_never_written_without_people_or_over_their_export()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("57426");
        var export = File.ReadAllText(Folder["student_data.json"]);
        Assert.StartsWith("MissingPathIsInput,", Run(koha, Connect + Update + " -MissingPath $folder/./student_data.json").Failure.FullyQualifiedErrorId);
        Run(koha, "$plan = Get-WorkdayPatron $folder | Compare-KohaProxNumber $folder/prox.csv -SettingsPath $folder/settings.json").WithoutErrors();
        Assert.StartsWith("MissingPathWithoutPeople,", Run(koha, "$plan | Update-KohaProxNumber -JournalPath $folder/j.jsonl -MissingPath $folder/missing.json").Failure.FullyQualifiedErrorId);
        Assert.Equal(export, File.ReadAllText(Folder["student_data.json"]));
        Assert.False(File.Exists(Folder["missing.json"]));
        Assert.Empty(Writes(koha));
    }

    /// <summary>The cards of whoever was read are right; who is missing in Koha is not known.</summary>
    [Fact]
    public async Task Of_a_broken_export_cards_are_changed_and_the_list_of_missing_people_stays()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("57426");
        Folder.Write("employee_data.json", "{\"Report_Entry\":[{");
        Directory.CreateDirectory(Folder["old"]);
        Folder.Write("old/missing.json", "[]");
        const string Compare = "Get-WorkdayPatron $folder -ErrorAction Ignore | Compare-KohaProxNumber $folder/prox.csv -SettingsPath $folder/settings.json";
        var plan = Run(koha, Connect + Compare).WithoutErrors();
        Assert.Contains("employee_data.json", Assert.Single(plan.Warnings));
        var result = Run(koha, Update.Replace("$folder |", "$folder -ErrorAction Ignore |", StringComparison.Ordinal) + " -MissingPath $folder/old/missing.json");
        Assert.StartsWith("MissingPathIncomplete,", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Equal(["Updated"], result.Each("Status"));
        Assert.Equal("[]", File.ReadAllText(Folder["old/missing.json"]));
    }

    [Fact]
    public async Task A_key_that_may_not_write_is_told_before_anything()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("57426");
        Assert.StartsWith("KohaReadOnly,", Run(koha, Connect + Update, client: "subeditor").Failure.FullyQualifiedErrorId);
        Assert.Empty(Writes(koha));
    }

    [Fact]
    public async Task A_plan_that_was_saved_can_be_applied()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("1000004", "1000001");
        var result = Run(koha, Connect + """
            $plan = [Management.Automation.PSSerializer]::Serialize(@(Get-WorkdayPatron $folder | Compare-KohaProxNumber $folder/prox.csv -SettingsPath $folder/settings.json))
            [Management.Automation.PSSerializer]::Deserialize($plan) | Update-KohaProxNumber -JournalPath $folder/journal.jsonl
            """).WithoutErrors();
        Assert.Equal(["Updated", "Updated"], result.Each("Status"));
        Assert.Equal(["1000004", "1000001"], Cards(koha, 2));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task A_refused_write_leaves_the_card_and_the_others_go_on(int status)
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("57426", "57427");
        Run(koha, Connect).WithoutErrors();
        koha.Faults.Add(new Fault(FaultKind.Status) { Method = "PUT", Path = "/patrons/5", Nth = 1, Status = status, RetryAfter = 0 });
        var result = Run(koha, Update + " -ErrorAction SilentlyContinue");
        // 401 and 429 did nothing and are sent again.
        var first = status is 401 or 429 ? "Updated" : status == 409 ? "Conflict" : "Failed";
        Assert.Equal([first, "Updated"], result.Each("Status"));
        Assert.Equal([first == "Updated" ? "57426" : "1000001", "57427"], Cards(koha, 2));
    }

    [Fact]
    public async Task A_write_of_unknown_end_is_settled_by_the_next_run()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("57426");
        Run(koha, Connect).WithoutErrors();
        // The write takes effect, and its answer never comes.
        koha.Faults.Add(new Fault(FaultKind.Stall) { Method = "PUT", AfterEffect = true });
        var result = Run(koha, Update + " -ErrorAction SilentlyContinue");
        koha.Faults.Clear();
        Assert.Equal("57426", Cards(koha, 1)[0]);
        Assert.Equal(["Updated"], result.Each("Status"));
        Assert.Equal(["Unchanged"], Run(koha, Update).WithoutErrors().Each("Status"));
        Run(koha, Undo).WithoutErrors();
        Assert.Equal("1000001", Cards(koha, 1)[0]);
    }

    [Fact]
    public async Task The_journal_is_the_users_own_and_held_by_one_run_at_a_time()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("57426");
        Run(koha, Connect + Update).WithoutErrors();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Folder["journal.jsonl"]));
        using (new FileStream(Folder["journal.jsonl"], FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.StartsWith("JournalHeld,", Run(koha, Update).Failure.FullyQualifiedErrorId);
        Assert.StartsWith("JournalMissing,", Run(koha, "Undo-KohaProxNumber -JournalPath $folder/none.jsonl").Failure.FullyQualifiedErrorId);
        File.WriteAllText(Folder["journal.jsonl"], "not a journal\nat all\n");
        Assert.StartsWith("JournalBroken,", Run(koha, Update).Failure.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_run_killed_at_any_write_is_finished_by_the_next_one(int nth)
    {
        await using var koha = await FakeKoha.StartAsync();
        string[] cards = ["1000004", "1000006", "1000001", "57426"];
        Given(cards);
        var before = Cards(koha, 4);
        // The n-th write takes its effect, its answer does not come, and the process is killed meanwhile.
        koha.Faults.Add(new Fault(FaultKind.Stall) { Method = "PUT", Path = "/patrons/[1-9]", Nth = nth, AfterEffect = true });
        var script = $$"""
            $secret = [Security.SecureString]::new(); 'secret-editor'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
            Connect-Koha '{{koha.ApiRoot}}' ([pscredential]::new('client-editor', $secret))
            $folder = '{{Folder.Path}}'
            {{Update}}
            """;
        using (var process = PowerShellProcess.Start(script))
        {
            while (Writes(koha).Count() < nth)
                await Task.Delay(20, TestContext.Current.CancellationToken);
            // A second run that starts too early says so and ends.
            if (nth == 1)
                Assert.StartsWith("JournalHeld,", Run(koha, Connect + Update).Failure.FullyQualifiedErrorId);
            process.Kill();
            process.WaitForExit();
        }

        koha.Faults.Clear();
        var result = Run(koha, Connect + Update).WithoutErrors();
        Assert.All(result.Each("Status"), status => Assert.True(status is "Updated" or "Unchanged", status));
        Assert.Equal(cards, Cards(koha, 4));
        Run(koha, Undo).WithoutErrors();
        Assert.Equal(before, Cards(koha, 4));
    }

    [Fact]
    public async Task Nothing_that_is_said_holds_a_card_a_name_or_a_secret()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("1000004", "1000001", "57426");
        koha.Faults.Add(new Fault(FaultKind.Status) { Method = "PUT", Nth = 3, Status = 500 });
        var result = Run(koha, Connect + Update + " -Verbose -Debug");
        var said = string.Join("\n", [.. result.Errors.Select(error => error + "\n" + error.Exception), .. result.Warnings, .. result.Verbose, .. result.Information]);
        Assert.NotEmpty(said);
        foreach (var secret in new[] { "1000004", "1000001", "57426", "Lovelace", "Hopper", "secret-editor" })
            Assert.DoesNotContain(secret, said);
        Assert.DoesNotContain("Lovelace", File.ReadAllText(Folder["journal.jsonl"]));
    }

    [Fact]
    public async Task A_stop_ends_within_a_moment_and_the_next_run_finishes()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("57426");
        Run(koha, "Connect-Koha $root $credential").WithoutErrors();
        koha.Faults.Add(new Fault(FaultKind.Stall) { Method = "PUT", AfterEffect = true });
        var stopped = await Engine.StopAfterAsync(Update, TimeSpan.FromSeconds(1));
        Assert.InRange(stopped, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        koha.Faults.Clear();
        Assert.Equal(["Unchanged"], Run(koha, Update).WithoutErrors().Each("Status"));
        Assert.Equal("57426", Cards(koha, 1)[0]);
    }
}
