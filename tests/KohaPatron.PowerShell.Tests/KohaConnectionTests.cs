using KohaPatron.Fakes.Koha;

namespace KohaPatron.PowerShell.Tests;

/// <summary>Connect-Koha, Disconnect-Koha and Get-KohaPatron against a Koha over real HTTP.</summary>
public sealed class KohaConnectionTests : KohaTest
{
    private const string Connect = "Connect-Koha $root $credential";

    [Fact]
    public async Task A_good_key_connects_and_says_who_it_is()
    {
        await using var koha = await FakeKoha.StartAsync();
        var result = Run(koha, $"{Connect} -PassThru").WithoutErrors();
        Assert.Equal(["True"], result.Each("CanWrite"));
        Assert.Equal(["127.0.0.1"], result.Each("Name"));
        Assert.Empty(result.Warnings);
        Assert.All(koha.Requests, request => Assert.StartsWith("KohaPatron/0.1.0", request.UserAgent));
        Assert.DoesNotContain(koha.Requests, request => request is { Method: "PUT", Status: < 400 });
    }

    [Fact]
    public async Task Each_thing_in_the_way_is_its_own_error()
    {
        await using var koha = await FakeKoha.StartAsync();
        void Fails(string code, Outcome result) => Assert.StartsWith(code + ",", result.Failure.FullyQualifiedErrorId);
        Fails("KohaCredentialRefused", Run(koha, Connect, secret: "wrong-one"));
        Fails("KohaCredentialRefused", Run(koha, Connect, client: "ghost"));
        Fails("KohaPermissionMissing", Run(koha, Connect, client: "noperm"));
        Fails("KohaUnreachable", Run(koha, "Connect-Koha https://no-such-host.invalid/api/v1 $credential"));
        Fails("KohaUnreachable", Run(koha, "Connect-Koha http://127.0.0.1:1/api/v1 $credential"));
        Fails("KohaApiRootInsecure", Run(koha, "Connect-Koha http://library.example.edu/api/v1 $credential"));
        Fails("KohaApiRootInvalid", Run(koha, "Connect-Koha library.example.edu $credential"));
        koha.Faults.Add(new Fault(FaultKind.Html) { Status = 200 });
        Fails("KohaNotAnApi", Run(koha, Connect));
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_refused()
    {
        await using var koha = await FakeKoha.StartAsync(new FakeKohaOptions { UsesTls = true });
        Assert.StartsWith("KohaCertificateRefused,", Run(koha, Connect).Failure.FullyQualifiedErrorId);
        Assert.Empty(koha.Requests);
    }

    [Fact]
    public async Task A_key_that_may_only_read_is_told_so()
    {
        await using var koha = await FakeKoha.StartAsync();
        var result = Run(koha, $"{Connect} -PassThru", client: "subeditor").WithoutErrors();
        Assert.Equal(["False"], result.Each("CanWrite"));
        Assert.Contains("can read patrons but not change them", Assert.Single(result.Warnings));
    }

    [Fact]
    public async Task User_and_password_work_where_Koha_allows_them()
    {
        await using var koha = await FakeKoha.StartAsync();
        Run(koha, $"{Connect} -Basic").WithoutErrors();
        await using var strict = await FakeKoha.StartAsync(new FakeKohaOptions { AllowsBasic = false });
        Assert.StartsWith("KohaCredentialRefused,", Run(strict, $"{Connect} -Basic").Failure.FullyQualifiedErrorId);
    }

    [Fact]
    public async Task Patrons_are_found_by_every_key_in_the_order_of_the_input()
    {
        await using var koha = await FakeKoha.StartAsync();
        string[] Ids(string script) => [.. Run(koha, script).WithoutErrors().Each("PatronId").Select(id => id!)];
        Run(koha, Connect).WithoutErrors();
        Assert.Equal(["16", "5", "6"], Ids("Get-KohaPatron jdoe, alovelace@example.edu, anunez@example.edu"));
        Assert.Equal(["15"], Ids("Get-KohaPatron mgarcia@example.EDU"));
        Assert.Equal(["8", "5"], Ids("Get-KohaPatron -CardNumber 1000004, 1000001"));
        Assert.Equal(["6", "5"], Ids("Get-KohaPatron -PatronId 6, 5"));
        var settings = Folder.Write("koha-patron.json", """{"attributes":{"universalId":"UID"}}""");
        Assert.Equal(["8", "5"], Ids($"Get-KohaPatron -UniversalId U1004, U1001 -SettingsPath '{settings}'"));
        Assert.Equal(["16"], Ids("[pscustomobject]@{ UserName = 'jdoe' } | Get-KohaPatron"));
    }

    [Fact]
    public async Task Who_is_not_found_is_an_error_of_its_own_and_an_accent_makes_another_user()
    {
        await using var koha = await FakeKoha.StartAsync();
        Run(koha, Connect).WithoutErrors();
        var result = Run(koha, "'nobody', 'jdoe', 'zcelik@example.edu' | Get-KohaPatron");
        Assert.Equal(["16"], result.Each("PatronId"));
        Assert.Equal(["No patron with the user id nobody.", "No patron with the user id zcelik@example.edu."], result.Errors.Select(error => error.ToString().Split(" Check")[0]));
        Assert.DoesNotContain("424242", Run(koha, "Get-KohaPatron -CardNumber 424242").Failure.ToString());
    }

    [Fact]
    public async Task Many_are_asked_for_with_few_requests_of_a_bearable_length()
    {
        await using var koha = await FakeKoha.StartAsync();
        Run(koha, Connect).WithoutErrors();
        koha.Requests.Clear();
        var result = Run(koha, "1..1000 | ForEach-Object { \"somebody-with-a-long-name-$_@students.example.edu\" } | Get-KohaPatron -ErrorAction SilentlyContinue");
        Assert.Empty(result.Output);
        Assert.InRange(koha.Requests.Count, 10, 15);
        Assert.All(koha.Requests, request => Assert.InRange(request.Path.Length, 1, 8000));
        Assert.InRange(koha.MostAtOnce, 1, 4);
    }

    [Fact]
    public async Task A_dead_token_is_renewed_once_and_passing_faults_are_asked_again()
    {
        await using var koha = await FakeKoha.StartAsync();
        Run(koha, Connect).WithoutErrors();
        koha.Tokens.RevokeAll();
        Assert.Single(Run(koha, "Get-KohaPatron jdoe").WithoutErrors().Output);
        Assert.Equal(2, koha.Tokens.Issued);
        koha.Faults.Add(new Fault(FaultKind.Status) { Status = 429, RetryAfter = 0, Nth = 1 });
        koha.Faults.Add(new Fault(FaultKind.CutBody) { Nth = 2 });
        Assert.Single(Run(koha, "Get-KohaPatron jdoe").WithoutErrors().Output);
        koha.Faults.Clear();
        koha.Faults.Add(new Fault(FaultKind.Html) { Status = 404 });
        Assert.StartsWith("KohaNotAnApi,", Run(koha, "Get-KohaPatron jdoe").Failure.FullyQualifiedErrorId);
    }

    [Fact]
    public async Task A_stop_ends_a_request_that_stalls()
    {
        await using var koha = await FakeKoha.StartAsync();
        Run(koha, Connect).WithoutErrors();
        koha.Faults.Add(new Fault(FaultKind.Stall));
        var stopped = await Engine.StopAfterAsync("Get-KohaPatron jdoe", TimeSpan.FromMilliseconds(300));
        Assert.InRange(stopped, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Several_connections_stand_side_by_side_and_the_last_is_the_default_until_it_ends()
    {
        await using var one = await FakeKoha.StartAsync();
        await using var two = await FakeKoha.StartAsync();
        two.State.Patrons.RemoveAll(patron => (string?)patron["userid"] == "jdoe");
        Run(one, $"{Connect} -Name one").WithoutErrors();
        Run(two, $"{Connect} -Name two").WithoutErrors();
        Assert.Empty(Run(two, "Get-KohaPatron jdoe -ErrorAction Ignore").Output);
        Assert.Single(Run(two, "Get-KohaPatron jdoe -Connection one").WithoutErrors().Output);
        Run(two, "Disconnect-Koha two").WithoutErrors();
        var failure = Run(two, "Get-KohaPatron jdoe").Failure;
        Assert.StartsWith("KohaNotConnected,", failure.FullyQualifiedErrorId);
        Assert.EndsWith("-Connection: one.", failure.ToString());
        Assert.Single(Run(two, "Get-KohaPatron jdoe -Connection ONE").WithoutErrors().Output);
        Run(two, "Disconnect-Koha").WithoutErrors();
        Assert.StartsWith("KohaNotConnected,", Run(two, "Get-KohaPatron jdoe -Connection one").Failure.FullyQualifiedErrorId);
    }

    [Fact]
    public async Task Two_Kohas_on_one_host_are_two_connections_and_one_Koha_is_one()
    {
        await using var one = await FakeKoha.StartAsync();
        await using var two = await FakeKoha.StartAsync();
        var names = new[] { one, two, one, two }.Select(koha => Run(koha, $"({Connect} -PassThru).Name").WithoutErrors().Output.Single().ToString()).ToList();
        Assert.Equal(["127.0.0.1", two.ApiRoot.Authority, "127.0.0.1", two.ApiRoot.Authority], names);
    }

    [Fact]
    public async Task A_connection_is_given_as_it_is_too_until_it_ends()
    {
        await using var koha = await FakeKoha.StartAsync();
        Run(koha, $"$given = {Connect} -PassThru").WithoutErrors();
        Folder.Write("patrons.csv", "surname,userid,branchcode,categorycode\nKim,bkim,MAIN,STUDENT\n");
        Assert.Single(Run(koha, "Get-KohaPatron jdoe -Connection $given").WithoutErrors().Output);
        Assert.Empty(Run(koha, "Test-KohaPatronCsv $folder/patrons.csv -Connection $given").WithoutErrors().Output);
        Assert.Equal(["jdoe"], Run(koha, "1 | ForEach-Object -Parallel { Import-Module $using:manifest; (Get-KohaPatron jdoe -Connection $using:given).UserId }".Replace("$using:manifest", $"'{Places.ModuleManifest}'", StringComparison.Ordinal)).WithoutErrors().Output.Select(each => each.ToString()));
        Assert.StartsWith("KohaNotConnected,", Run(koha, "$given | Disconnect-Koha; Get-KohaPatron jdoe -Connection $given").Failure.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("no list")]
    [InlineData("no patron")]
    public async Task An_answer_that_is_not_whole_never_means_nobody(string kind)
    {
        await using var koha = await FakeKoha.StartAsync();
        Run(koha, Connect).WithoutErrors();
        koha.Faults.Add(new Fault(FaultKind.Odd) { Path = "/patrons", Odd = kind switch { "short" => OddAnswers.OneShort, "no list" => OddAnswers.NoList, _ => OddAnswers.WithoutId } });
        var outcome = Run(koha, "Get-KohaPatron jdoe");
        Assert.StartsWith(kind == "short" ? "KohaListIncomplete," : "KohaAnswerOdd,", outcome.Failure.FullyQualifiedErrorId);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public async Task A_number_that_comes_as_text_is_one()
    {
        await using var koha = await FakeKoha.StartAsync();
        Run(koha, Connect).WithoutErrors();
        koha.Faults.Add(new Fault(FaultKind.Odd) { Odd = OddAnswers.IdAsText });
        Assert.Equal(["16"], Run(koha, "Get-KohaPatron jdoe").WithoutErrors().Each("PatronId"));
    }

    [Fact]
    public async Task What_speaks_behind_an_address_is_told()
    {
        await using var plain = await FakeKoha.StartAsync();
        await using var encrypted = await FakeKoha.StartAsync(new FakeKohaOptions { UsesTls = true });
        string Said(FakeKoha koha, string code, string address)
        {
            var failure = Run(koha, $"Connect-Koha '{address}' $credential").Failure;
            Assert.StartsWith(code + ",", failure.FullyQualifiedErrorId);
            return failure.ToString();
        }

        Said(plain, "KohaNotEncrypted", plain.ApiRoot.ToString().Replace("http:", "https:", StringComparison.Ordinal));
        Assert.Contains("https", Said(encrypted, "KohaAnswerCut", encrypted.ApiRoot.ToString().Replace("https:", "http:", StringComparison.Ordinal)));
        Assert.Contains("issued it is not trusted", Said(encrypted, "KohaCertificateRefused", encrypted.ApiRoot.ToString()));
        Assert.DoesNotContain("hunter2", Said(plain, "KohaApiRootInvalid", plain.ApiRoot.ToString().Replace("//", "//me:hunter2@", StringComparison.Ordinal)));
        foreach (var (to, code) in new[] { ("https://127.0.0.1/api/v1", "KohaNeedsHttps"), ("https://login.example.edu/", "KohaNeedsHttps"), ("http://login.example.edu/", "KohaNotAnApi") })
        {
            plain.Faults.Add(new Fault(FaultKind.Odd) { Odd = _ => new Answer(301).With("Location", to) });
            Said(plain, code, plain.ApiRoot.ToString());
            plain.Faults.Clear();
        }

        plain.Faults.Add(new Fault(FaultKind.Html) { Status = 404 });
        Assert.Contains($"{plain.ApiRoot.Authority}/api/v1", Said(plain, "KohaNotAnApi", $"http://{plain.ApiRoot.Authority}"));
    }

    /// <summary>What nginx and Apache say on their port for https to whoever speaks http.</summary>
    [Theory]
    [InlineData("<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>")]
    [InlineData("<html><p>Reason: You're speaking plain HTTP to an SSL-enabled server port.</p></html>")]
    public async Task A_port_for_https_that_says_so_is_told(string page)
    {
        using var server = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        server.Start();
        var answering = AnswerAsync();
        Assert.StartsWith("KohaNeedsHttps,", Run($"Connect-Koha 'http://{server.LocalEndpoint}/api/v1' $credential", ("credential", Credential("a", "b"))).Failure.FullyQualifiedErrorId);
        await answering;

        async Task AnswerAsync()
        {
            using var client = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            _ = await client.GetStream().ReadAtLeastAsync(new byte[1024], 1, throwOnEndOfStream: false, TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nContent-Length: {page.Length}\r\nConnection: close\r\n\r\n{page}"), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task The_newest_Koha_says_in_a_list_what_a_key_lacks()
    {
        await using var koha = await FakeKoha.StartAsync(new FakeKohaOptions { Version = KohaVersion.V2506, HasNarrowKeys = true });
        Assert.Contains("it lacks borrowers:list_borrowers", Run(koha, Connect, client: "subeditor").Failure.ToString());
    }

    [Fact]
    public async Task A_key_with_the_whole_borrowers_permission_is_enough_and_what_it_cannot_do_is_told()
    {
        await using var koha = await FakeKoha.StartAsync(new FakeKohaOptions { Version = KohaVersion.V2506 });
        Grant(koha, "borrowers");
        var outcome = Run(koha, $"$VerbosePreference = 'Continue'; ({Connect} -PassThru).Cannot").WithoutErrors();
        Assert.Equal(["see the libraries (the whole \"catalogue\" permission)", "see the patron categories (parameters:manage_patron_categories)"], outcome.Output.Select(each => each.ToString()));
        Assert.Contains(outcome.Verbose, said => said.Contains("which is enough", StringComparison.Ordinal));
        Assert.Empty(outcome.Warnings);
        Assert.DoesNotContain(koha.Requests, request => request is { Method: "PUT" or "POST", Status: < 400 } && !request.Path.EndsWith("/token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Koha_on_this_machine_is_not_asked_through_a_proxy()
    {
        await using var koha = await FakeKoha.StartAsync();
        using var process = PowerShellProcess.Start(
            $"Connect-Koha {koha.ApiRoot} ([pscredential]::new('client-editor', (ConvertTo-SecureString secret-editor -AsPlainText -Force))) -PassThru | ForEach-Object CanWrite",
            ("http_proxy", "http://127.0.0.1:1"),
            ("no_proxy", null));
        Assert.Equal("True", (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim());
    }

    /// <summary>Some gateways give the seconds as a text.</summary>
    [Fact]
    public async Task The_life_of_a_token_is_a_number_or_an_hour_and_a_token_is_one_line()
    {
        await using var koha = await FakeKoha.StartAsync();
        koha.Faults.Add(new Fault(FaultKind.Odd) { Path = "/oauth/token", Nth = 1, Odd = answer => With(answer, "expires_in", "3600") });
        koha.Faults.Add(new Fault(FaultKind.Odd) { Path = "/oauth/token", Nth = 2, Odd = answer => With(answer, "access_token", "a\r\nX-Other: b") });
        Run(koha, Connect).WithoutErrors();
        Assert.Contains("JSON without a token", Run(koha, Connect).Failure.ToString(), StringComparison.Ordinal);

        static Answer With(Answer answer, string field, string value)
        {
            answer.Body![field] = value;
            return answer;
        }
    }

    [Fact]
    public async Task No_token_may_mean_that_the_database_is_down()
    {
        await using var koha = await FakeKoha.StartAsync();
        koha.State.DatabaseIsDown = true;
        var failure = Run(koha, Connect).Failure;
        Assert.StartsWith("KohaSignInSwitchedOff,", failure.FullyQualifiedErrorId);
        Assert.Contains("or Koha's database is down", failure.ToString());
    }

    [Fact]
    public async Task Words_of_others_are_passed_on_without_markup_tokens_addresses_and_cards()
    {
        await using var koha = await FakeKoha.StartAsync();
        Run(koha, Connect).WithoutErrors();
        koha.Faults.Add(new Fault(FaultKind.Odd) { Odd = _ => Answer.Error(400, "<b>Odd</b>\u001b[31m\u202e thing for Bearer abcdef0123456789abcdef and 'Duplicate entry '57426' for o'neil.ana+x@mail.example.edu " + new string('x', 500)) });
        var said = Run(koha, "Get-KohaPatron jdoe").Failure.ToString();
        Assert.Contains("Odd", said);
        foreach (var bad in new[] { "<b>", "\u001b", "\u202e", "abcdef0123", "57426", "@", "neil", "example.edu", new string('x', 300) })
            Assert.DoesNotContain(bad, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_and_no_token_is_in_any_message()
    {
        await using var koha = await FakeKoha.StartAsync();
        var results = new[] { Run(koha, $"{Connect} -Verbose -Debug", secret: "wrong-one"), Run(koha, $"{Connect} -Verbose -PassThru") };
        foreach (var result in results)
        {
            var said = string.Join("\n", [.. result.Errors.Select(error => error + "\n" + error.Exception), .. result.Warnings, .. result.Verbose, .. result.Information, .. result.Output.Select(item => string.Join(" ", item.Properties.Select(property => property.Value)))]);
            Assert.DoesNotContain("wrong-one", said);
            Assert.DoesNotContain("secret-editor", said);
        }
    }
}
