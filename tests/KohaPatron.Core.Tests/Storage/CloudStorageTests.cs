using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Google.Apis.Http;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Storage;
using KohaPatron.Core.Workday;
using KohaPatron.Fakes.Storage;

namespace KohaPatron.Core.Tests.Storage;

/// <summary>The client against the real service's ways: tokens, refusals, pages. One after the other, since the environment names credentials too.</summary>
[Collection("storage credentials")]
public sealed class CloudStorageTests : IDisposable
{
    private static readonly StorageAddress Export = new("campus", "student_data.json");

    private static readonly string Key = NewKey();

    private readonly string _folder = Directory.CreateTempSubdirectory("kohapatron").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_passes_is_asked_for_again(int status)
    {
        await using var service = await StartAsync();
        service.Faults.Add(Enumerable.Range(0, 3).Select(_ => new StorageFault(StorageFaultKind.Status) { Status = status, Path = "student_data" }));
        using var store = Store(service);
        Assert.Equal(2, (await store.FindAsync(Export, null, TestContext.Current.CancellationToken))!.Size);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task However_long_an_answer_says_to_wait_the_waits_are_our_own(int status)
    {
        await using var service = await StartAsync();
        foreach (var path in new[] { "student_data[^=]*$", "alt=media" })
            service.Faults.Add(new StorageFault(StorageFaultKind.Status) { Status = status, RetryAfter = long.MaxValue, Path = path }, new StorageFault(StorageFaultKind.Status) { Status = status, RetryAfter = 86_400, Path = path });
        using var store = Store(service);
        var stored = (await store.FindAsync(Export, null, TestContext.Current.CancellationToken))!;
        using var reader = new StreamReader(new ObjectStream(store, stored, TestContext.Current.CancellationToken));
        Assert.Equal("[]", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal(6, service.Requests.Count(request => request.Path.Contains("student_data", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_does_not_pass_is_told_after_some_tries()
    {
        await using var service = await StartAsync();
        service.Faults.Add(Enumerable.Range(0, 20).Select(_ => new StorageFault(StorageFaultKind.Reset) { Path = "student_data" }));
        Assert.Equal("StorageUnreachable", await CodeAsync(service));
        Assert.Equal(6, service.Requests.Count(request => request.Path.Contains("student_data", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("a/b.json", "a%2Fb.json")]
    [InlineData("a b+c.json", "a%20b%2Bc.json")]
    [InlineData("../x", "..%2Fx")]
    [InlineData("x/../y", "x%2F..%2Fy")]
    [InlineData("Zoë", "Zo%C3%AB")]
    [InlineData("100%?#", "100%25%3F%23")]
    [InlineData("!*'()", "%21%2A%27%28%29")]
    public async Task A_name_is_one_escaped_segment_of_the_address(string name, string segment)
    {
        await using var service = await StartAsync();
        service.State.Put("campus", name, "[]"u8.ToArray());
        using var store = Store(service);
        var stored = (await store.FindAsync(Export with { Name = name }, null, TestContext.Current.CancellationToken))!;
        (await store.OpenAsync(stored, 0, TestContext.Current.CancellationToken)).Dispose();
        Assert.Equal(2, service.Requests.Count(request => request.Path.Split('?')[0] == $"/storage/v1/b/campus/o/{segment}"));
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    public async Task A_name_that_would_be_folded_is_refused(string name)
    {
        await using var service = await StartAsync();
        Assert.Equal("StorageNameNotPossible", (await NoticeAsync(service, Export with { Name = name })).Code);
        Assert.Empty(service.Requests);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"generation\":\"1\"}")]
    [InlineData("{\"size\":\"2\"}")]
    [InlineData("{\"generation\":\"1\",\"size\":\"two\"}")]
    [InlineData("{\"generation\":\"1\",\"size\":\"18446744073709551615\"}")]
    [InlineData("{\"generation\":\"1\",\"size\":\"9223372036854775807\"}")]
    [InlineData("{\"generation\":\"0\",\"size\":\"2\"}")]
    [InlineData("{\"generation\":\"-1\",\"size\":\"2\"}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("12")]
    [InlineData("")]
    [InlineData("<!DOCTYPE html>")]
    [InlineData("{\"generation\":\"1\",")]
    public async Task An_answer_that_is_not_Storages_is_no_object(string answer)
    {
        await using var service = await StartAsync();
        service.Faults.Add(new StorageFault(StorageFaultKind.Text) { Text = answer, Path = "student_data" });
        var notice = await NoticeAsync(service);
        Assert.Equal("StorageNotAnApi", notice.Code);
        Assert.Null(notice.Cause);
    }

    [Fact]
    public async Task An_answer_in_letters_that_nobody_knows_is_not_Storages()
    {
        await using var service = await StartAsync();
        service.Faults.Add(new StorageFault(StorageFaultKind.Text) { Text = "{}", Type = "text/html; charset=nobodys", Path = "student_data" });
        Assert.Equal("StorageNotAnApi", await CodeAsync(service));
    }

    [Fact]
    public async Task A_description_larger_than_any_is_asked_for_once()
    {
        await using var service = await StartAsync();
        service.Faults.Add(new StorageFault(StorageFaultKind.Text) { Text = new string(' ', 17 * 1024 * 1024), Path = "student_data" });
        Assert.Equal("StorageNotAnApi", await CodeAsync(service));
        Assert.Single(service.Requests, request => request.Path.Contains("student_data", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_size_that_is_no_text_is_still_that_size()
    {
        await using var service = await StartAsync();
        service.Faults.Add(new StorageFault(StorageFaultKind.Text) { Text = "{\"generation\":\"1\",\"size\":12}", Path = "student_data" });
        using var store = Store(service);
        Assert.Equal(12, (await store.FindAsync(Export, null, TestContext.Current.CancellationToken))!.Size);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"items\":7}")]
    [InlineData("{\"items\":[{}]}")]
    [InlineData("{\"items\":[null]}")]
    [InlineData("{\"prefixes\":[{}]}")]
    [InlineData("{\"prefixes\":[null]}")]
    [InlineData("{\"items\":[{\"name\":\"\"}]}")]
    [InlineData("{\"items\":[{\"name\":{}}]}")]
    [InlineData("{\"items\":[{\"name\":\"a\"}],\"nextPageToken\":{}}")]
    [InlineData("long")]
    public async Task A_list_that_is_not_Storages_is_none(string answer)
    {
        await using var service = await StartAsync();
        if (answer == "long")
            answer = $"{{\"items\":[{{\"name\":\"{new string('x', 10_000_000)}\"}}]}}";
        service.Faults.Add(new StorageFault(StorageFaultKind.Text) { Text = answer, Path = "delimiter" });
        using var store = Store(service);
        var fault = await Assert.ThrowsAsync<KohaPatronException>(() => store.ListAsync(new StorageAddress("campus", ""), TestContext.Current.CancellationToken));
        Assert.Equal("StorageNotAnApi", fault.Notice.Code);
    }

    [Theory]
    [InlineData(0, 1001)]
    [InlineData(40_000, 3)]
    public async Task A_list_without_an_end_is_left(int namesOfAPage, int pages)
    {
        await using var service = await StartAsync();
        var items = string.Join(',', Enumerable.Repeat("{\"name\":\"a\"}", namesOfAPage));
        var page = new StorageFault(StorageFaultKind.Text) { Text = $"{{\"items\":[{items}],\"nextPageToken\":\"again\"}}", Path = "delimiter" };
        service.Faults.Add(Enumerable.Repeat(page, pages + 1));
        using var store = Store(service);
        var fault = await Assert.ThrowsAsync<KohaPatronException>(() => store.ListAsync(new StorageAddress("campus", ""), TestContext.Current.CancellationToken));
        Assert.Equal("StorageListTooLong", fault.Notice.Code);
        Assert.Equal(pages, service.Requests.Count(request => request.Path.Contains("delimiter", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_newer_is_no_answer_where_nothing_was_compared()
    {
        await using var service = await StartAsync();
        service.Faults.Add(new StorageFault(StorageFaultKind.Status) { Status = 304, Path = "student_data" });
        Assert.Equal("StorageNotAnApi", await CodeAsync(service));
    }

    [Fact]
    public async Task Another_address_is_not_followed()
    {
        await using var service = await StartAsync();
        service.Faults.Add(new StorageFault(StorageFaultKind.Status) { Status = 302, Location = "/elsewhere", Path = "student_data" });
        Assert.Equal("StorageRefused", await CodeAsync(service));
        Assert.DoesNotContain(service.Requests, request => request.Path == "/elsewhere");
    }

    [Fact]
    public async Task A_server_that_is_gone_for_a_moment_is_waited_for_in_the_middle_of_an_object()
    {
        var bytes = new byte[200_000];
        var service = await StartAsync(new FakeStorageOptions());
        service.State.Put("campus", "large.json", bytes);
        service.Faults.Add(new StorageFault(StorageFaultKind.Cut) { After = 150_000 });
        using var store = new CloudStorage(new StorageOptions { UserAgent = "Tests/1", FirstWait = TimeSpan.FromMilliseconds(200) }, StorageHost.From(service.Root.ToString()));
        var stored = (await store.FindAsync(Export with { Name = "large.json" }, null, TestContext.Current.CancellationToken))!;
        await using var stream = new ObjectStream(store, stored, TestContext.Current.CancellationToken);
        var buffer = new byte[bytes.Length];
        var read = stream.Read(buffer, 0, 1);
        await service.DisposeAsync();
        var again = FakeStorage.StartAsync(new FakeStorageOptions { Port = service.Root.Port, State = service.State, StartsAfter = TimeSpan.FromMilliseconds(300) });
        while (stream.Read(buffer, read, buffer.Length - read) is > 0 and var more)
            read += more;
        await using var second = await again;
        Assert.Equal(bytes.Length, read);
        Assert.NotEmpty(second.Requests);
    }

    [Fact]
    public async Task A_name_that_nobody_resolves_for_a_moment_is_asked_for_again_in_the_middle_of_an_object()
    {
        await using var service = await StartAsync();
        using var store = Store(service);
        var stored = (await store.FindAsync(Export, null, TestContext.Current.CancellationToken))!;
        using var away = new CloudStorage(new StorageOptions { UserAgent = "Tests/1", FirstWait = TimeSpan.FromTicks(1) }, StorageHost.From("http://storage.invalid"));
        // What the stream tries again is told as an IOException, in the end too; anything else would be final at once.
        await using var stream = new ObjectStream(away, stored, TestContext.Current.CancellationToken);
        Assert.ThrowsAny<IOException>(() => stream.Read(new byte[2], 0, 2));
        Assert.Equal("StorageUnreachable", (await Assert.ThrowsAsync<KohaPatronException>(() => away.FindAsync(Export, null, TestContext.Current.CancellationToken))).Notice.Code);
    }

    [Fact]
    public async Task Where_no_checksum_is_told_somebody_is_told_so()
    {
        await using var service = await StartAsync();
        service.State.Put("campus", "student_data.json", "[]"u8.ToArray(), []).Crc32c = "";
        using var store = Store(service);
        var told = new List<Notice>();
        Assert.Single(await new StoredExports(store, ExportLayouts.BuiltIn, told.Add).FindAsync(Export, null, _ => null, TestContext.Current.CancellationToken));
        Assert.Equal("StorageUnverified", Assert.Single(told).Code);
    }

    [Fact]
    public async Task Only_what_is_stored_compressed_is_asked_for_compressed()
    {
        await using var service = await StartAsync();
        service.State.Put("campus", "zipped.json", [0x1F, 0x8B], contentEncoding: "gzip");
        using var store = Store(service);
        foreach (var (name, encoding) in new[] { ("student_data.json", ""), ("zipped.json", "gzip") })
        {
            var stored = (await store.FindAsync(Export with { Name = name }, null, TestContext.Current.CancellationToken))!;
            Assert.Equal("", service.Requests.Last().AcceptEncoding);
            (await store.OpenAsync(stored, 0, TestContext.Current.CancellationToken)).Dispose();
            Assert.Equal(encoding, service.Requests.Last().AcceptEncoding);
        }
    }

    [Fact]
    public async Task A_sign_in_that_is_down_is_not_the_credentials_fault()
    {
        await using var service = await StartAsync();
        service.Tokens.Failures = 20;
        var notice = await NoticeAsync(service);
        Assert.Equal("StorageTokenUnreachable", notice.Code);
        Assert.Contains("503", notice.Text);
    }

    [Fact]
    public async Task A_dead_token_is_renewed_once()
    {
        await using var service = await StartAsync();
        using var store = Store(service);
        await store.FindAsync(Export, null, TestContext.Current.CancellationToken);
        service.Tokens.RevokeAll();
        Assert.NotNull(await store.FindAsync(Export, null, TestContext.Current.CancellationToken));
        Assert.Equal(2, service.Tokens.Asked.Count);
        var asked = service.Tokens.Asked.First();
        Assert.Equal("urn:ietf:params:oauth:grant-type:jwt-bearer", asked["grant_type"]);
        var claims = JsonNode.Parse(Convert.FromBase64String(Padded(asked["assertion"].Split('.')[1])))!;
        Assert.Equal(("https://www.googleapis.com/auth/devstorage.read_only", "https://oauth2.googleapis.com/token"), ((string)claims["scope"]!, (string)claims["aud"]!));
    }

    [Theory]
    [InlineData("Token has been expired or revoked.", "StorageCredentialRefused", "expired or were revoked")]
    [InlineData("Invalid JWT Signature.", "StorageCredentialRefused", "deleted or replaced")]
    [InlineData("Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.", "StorageClockWrong", "clock is wrong")]
    [InlineData("Invalid grant: account not found", "StorageCredentialRefused", "does not exist any more")]
    public async Task A_refused_credential_is_told_in_plain_words(string said, string code, string words)
    {
        await using var service = await StartAsync();
        service.Tokens.Refusal = said;
        var notice = await NoticeAsync(service);
        Assert.Equal(code, notice.Code);
        Assert.Contains(words, notice.Text);
        Assert.Single(service.Tokens.Asked);
    }

    [Theory]
    [InlineData("forbidden", "StorageNoAccess", "feeds@example.iam.gserviceaccount.com may not read")]
    [InlineData("pays", "StorageRequesterPays", "pays for it")]
    [InlineData("quota", "StorageProjectRefused", "Service Usage Consumer")]
    [InlineData("missing", "StorageObjectNotFound", "does not exist")]
    [InlineData("bucket", "StorageBucketNotFound", "no bucket \"nowhere\"")]
    public async Task A_refusal_is_told_in_plain_words(string what, string code, string words)
    {
        await using var service = await StartAsync();
        service.State["campus"].IsForbidden = what == "forbidden";
        service.State["campus"].RequesterPays = what == "pays";
        service.State["campus"].PayerIsRefused = what == "quota";
        var notice = await NoticeAsync(service, what switch { "missing" => Export with { Name = "x" }, "bucket" => Export with { Bucket = "nowhere" }, _ => Export });
        Assert.Equal(code, notice.Code);
        Assert.Contains(words, notice.ToString());
    }

    [Fact]
    public async Task The_project_that_pays_is_named()
    {
        await using var service = await StartAsync();
        service.State["campus"].RequesterPays = true;
        using var store = Store(service, options => options with { UserProject = "p1" });
        Assert.NotNull(await store.FindAsync(Export, null, TestContext.Current.CancellationToken));
        Assert.Contains("userProject=p1", service.Requests.Last().Path);
    }

    [Fact]
    public async Task Lists_are_read_page_by_page_also_over_empty_ones()
    {
        await using var service = await StartAsync(new FakeStorageOptions { IsReal = true, PageSize = 2 });
        foreach (var name in new[] { "a", "b", "c", "d", "sub/e" })
            service.State.Put("campus", "f/" + name, []);
        using var store = Store(service);
        var names = await store.ListAsync(new StorageAddress("campus", "f/"), TestContext.Current.CancellationToken);
        Assert.Equal(["f/a", "f/b", "f/c", "f/d", "f/sub/"], names.Select(each => each.Name));
        Assert.Empty(await store.ListAsync(new StorageAddress("campus", "none/"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_the_right_to_list_a_missing_export_is_told_as_what_it_may_be()
    {
        await using var service = await StartAsync();
        service.State["campus"].CannotList = true;
        using var store = Store(service);
        var told = new List<Notice>();
        var found = await new StoredExports(store, ExportLayouts.BuiltIn, told.Add).FindAsync(new StorageAddress("campus", ""), null, _ => null, TestContext.Current.CancellationToken);
        Assert.Equal(Export, Assert.Single(found).Address);
        Assert.All(told, notice => Assert.Equal("StorageMayBeMissing", notice.Code));
        Assert.Equal(2, told.Count);
    }

    [Fact]
    public async Task A_composite_object_without_md5_is_checked_by_its_crc32c()
    {
        await using var service = await StartAsync();
        service.State.Put("campus", "c.json", "[]"u8.ToArray(), new JsonObject { ["componentCount"] = 2 });
        using var store = Store(service);
        var stored = (await store.FindAsync(new StorageAddress("campus", "c.json"), null, TestContext.Current.CancellationToken))!;
        using var reader = new StreamReader(new ObjectStream(store, stored, TestContext.Current.CancellationToken));
        Assert.Equal("[]", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("", "StorageCredentialInvalid")]
    [InlineData("{}", "StorageCredentialInvalid")]
    [InlineData("{\"type\":\"service_account\",\"client_email\":\"a\",\"private_key\":\"secret nonsense\"}", "StorageCredentialInvalid")]
    [InlineData("{\"type\":\"of another kind\"}", "StorageCredentialInvalid")]
    [InlineData(null, "StorageCredentialMissing")]
    public async Task A_credentials_file_that_is_broken_or_missing_is_an_error_of_its_own(string? text, string code)
    {
        await using var service = await StartAsync();
        var path = Path.Combine(_folder, "key.json");
        if (text is not null)
            File.WriteAllText(path, text);
        using var store = new CloudStorage(new StorageOptions { CredentialPath = path, UserAgent = "Tests/1" }, new StorageHost(service.Root.ToString().TrimEnd('/'), IsEmulator: false));
        var fault = await Assert.ThrowsAsync<KohaPatronException>(() => store.FindAsync(Export, null, TestContext.Current.CancellationToken));
        Assert.Equal(code, fault.Notice.Code);
        Assert.DoesNotContain("secret nonsense", fault.ToString());
    }

    [Fact]
    public async Task A_key_file_that_an_editor_saved_with_a_byte_order_mark_is_good()
    {
        await using var service = await StartAsync();
        var path = Path.Combine(_folder, "good.json");
        File.WriteAllText(path, File.ReadAllText(path), Encoding.UTF8);
        Assert.Equal("", await CodeAsync(service));
    }

    [Fact]
    public async Task Another_account_can_be_acted_as()
    {
        await using var service = await StartAsync();
        using var store = Store(service, options => options with { Impersonate = "target@p.iam.gserviceaccount.com", TokenClients = new Redirected(service.Root) });
        Assert.NotNull(await store.FindAsync(Export, null, TestContext.Current.CancellationToken));
        Assert.Contains(service.Requests, request => request.Path.EndsWith("target@p.iam.gserviceaccount.com:generateAccessToken", StringComparison.Ordinal));
        Assert.Equal("Bearer tok-2", service.Requests.Last().Authorization);
    }

    [Fact]
    public async Task The_environment_names_credentials_in_Googles_order()
    {
        await using var service = await StartAsync();
        var missing = Path.Combine(_folder, "none.json");
        using var variables = new Variables(("GOOGLE_APPLICATION_CREDENTIALS", missing), ("APPDATA", _folder), ("HOME", _folder), ("GCE_METADATA_HOST", service.Root.Authority));
        Assert.Equal("StorageCredentialMissing", await CodeAsync(service, keyed: false));
        Environment.SetEnvironmentVariable("GOOGLE_APPLICATION_CREDENTIALS", " ");
        Directory.CreateDirectory(Path.Combine(_folder, "gcloud"));
        File.WriteAllText(Path.Combine(_folder, "gcloud", "application_default_credentials.json"), "{}");
        Assert.Equal("StorageCredentialInvalid", await CodeAsync(service, keyed: false));
        Directory.Delete(Path.Combine(_folder, "gcloud"), recursive: true);
        Assert.Equal("", await CodeAsync(service, keyed: false));
        service.Tokens.HasMetadataServer = false;
        Assert.Equal("StorageNoCredentials", await CodeAsync(service, keyed: false));
    }

    private async Task<FakeStorage> StartAsync(FakeStorageOptions? options = null)
    {
        var service = await FakeStorage.StartAsync(options ?? new FakeStorageOptions { IsReal = true });
        service.State.Put("campus", "student_data.json", "[]"u8.ToArray());
        var key = new JsonObject
        {
            ["type"] = "service_account",
            ["client_email"] = "feeds@p.iam.gserviceaccount.com",
            ["private_key_id"] = "kid1",
            ["private_key"] = Key,
            ["token_uri"] = new Uri(service.Root, "/token").ToString(),
        };
        File.WriteAllText(Path.Combine(_folder, "good.json"), key.ToJsonString());
        return service;
    }

    private CloudStorage Store(FakeStorage service, Func<StorageOptions, StorageOptions>? more = null)
    {
        var options = new StorageOptions { CredentialPath = Path.Combine(_folder, "good.json"), FirstWait = TimeSpan.FromTicks(1), UserAgent = "Tests/1" };
        return new CloudStorage(more?.Invoke(options) ?? options, new StorageHost(service.Root.ToString().TrimEnd('/'), IsEmulator: false));
    }

    private async Task<Notice> NoticeAsync(FakeStorage service, StorageAddress? address = null)
    {
        using var store = Store(service);
        return (await Assert.ThrowsAsync<KohaPatronException>(() => store.FindAsync(address ?? Export, null, TestContext.Current.CancellationToken))).Notice;
    }

    private async Task<string> CodeAsync(FakeStorage service, bool keyed = true)
    {
        using var store = Store(service, options => keyed ? options : options with { CredentialPath = null });
        try
        {
            await store.FindAsync(Export, null, TestContext.Current.CancellationToken);
            return "";
        }
        catch (KohaPatronException e)
        {
            return e.Notice.Code;
        }
    }

    private static string NewKey()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    }

    private static string Padded(string base64) => base64.Replace('-', '+').Replace('_', '/').PadRight((base64.Length + 3) / 4 * 4, '=');

    /// <summary>Sends Google's own addresses, which cannot be named, to the service here.</summary>
    private sealed class Redirected(Uri root) : HttpClientFactory
    {
        protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) => new Redirecting(root) { InnerHandler = new HttpClientHandler() };

        private sealed class Redirecting(Uri root) : DelegatingHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                request.RequestUri = new Uri(root, request.RequestUri!.PathAndQuery);
                return base.SendAsync(request, cancellationToken);
            }
        }
    }

    /// <summary>Environment variables that are as before at the end.</summary>
    private sealed class Variables : IDisposable
    {
        private readonly List<(string Name, string? Value)> _before = [];

        public Variables(params (string Name, string? Value)[] variables)
        {
            foreach (var (name, value) in variables)
            {
                _before.Add((name, Environment.GetEnvironmentVariable(name)));
                Environment.SetEnvironmentVariable(name, value);
            }
        }

        public void Dispose() => _before.ForEach(each => Environment.SetEnvironmentVariable(each.Name, each.Value));
    }
}
