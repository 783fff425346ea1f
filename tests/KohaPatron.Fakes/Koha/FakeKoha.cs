using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KohaPatron.Fakes.Koha;

/// <summary>
/// Koha's REST API on 127.0.0.1, over real HTTP, with its patrons in memory. It gives the answers that were recorded from
/// an unmodified Koha, and can be told to fail.
/// </summary>
public sealed class FakeKoha : IAsyncDisposable
{
    private const int LongestRequestLine = 8 * 1024;

    private readonly WebApplication _app;
    private readonly FakeKohaOptions _options;
    private readonly Router _router;
    private readonly Lock _counting = new();
    private int _current;

    private FakeKoha(WebApplication app, FakeKohaOptions options)
    {
        _app = app;
        _options = options;
        State = KohaState.Load(options);
        Tokens = new TokenDesk(State, options);
        _router = new Router(State, options);
        Delay = options.Delay;
    }

    /// <summary>What a client connects to: http://127.0.0.1:port/api/v1</summary>
    public Uri ApiRoot { get; private set; } = new("http://127.0.0.1/");

    public KohaState State { get; }

    public TokenDesk Tokens { get; }

    public Faults Faults { get; } = new();

    /// <summary>The requests in the order of their answers.</summary>
    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    /// <summary>How many requests there were of each route, as in "PUT /patrons/{id}".</summary>
    public IReadOnlyDictionary<string, int> RequestsByRoute => Requests.CountBy(request => request.Route).ToDictionary();

    /// <summary>The most requests there were at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>How long each answer takes from now on.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Called before a request takes its effect, so that a test can change a patron in between.</summary>
    public Action<string, string>? OnRequest { get; set; }

    public static async Task<FakeKoha> StartAsync(FakeKohaOptions? options = null)
    {
        options ??= new FakeKohaOptions();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Limits.MaxRequestLineSize = LongestRequestLine;
            server.Listen(IPAddress.Loopback, options.Port, listen =>
            {
                if (options.UsesTls)
                    listen.UseHttps(SelfSigned());
            });
        });
        var app = builder.Build();
        var koha = new FakeKoha(app, options);
        app.Run(koha.HandleAsync);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        koha.ApiRoot = new Uri(address + "/api/v1");
        return koha;
    }

    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private async Task HandleAsync(HttpContext context)
    {
        Count(+1);
        try
        {
            await AnswerAsync(context);
        }
        finally
        {
            Count(-1);
        }
    }

    private void Count(int change)
    {
        lock (_counting)
        {
            _current += change;
            MostAtOnce = Math.Max(MostAtOnce, _current);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var received = _options.Time.GetUtcNow();
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        if (Delay > TimeSpan.Zero)
            await Task.Delay(Delay, context.RequestAborted);
        var (method, path) = (context.Request.Method, context.Request.GetEncodedPathAndQuery());
        var fault = Faults.Next(method, path);
        var answer = fault is { TakesEffect: false } ? null : AnswerTo(context, body);
        var status = fault is null or { Kind: FaultKind.Late or FaultKind.Odd } ? answer!.Status : fault.Status;
        Requests.Enqueue(new SeenRequest(method, path, body, status, context.Request.Headers.UserAgent.ToString(), received));
        fault?.Meanwhile?.Invoke();
        if (fault is null)
            await AnswerSender.SendAsync(context, answer!);
        else
            await AnswerSender.FailAsync(context, fault, answer, _options.Version);
    }

    private Answer AnswerTo(HttpContext context, string body)
    {
        var request = context.Request;
        OnRequest?.Invoke(request.Method, request.GetEncodedPathAndQuery());
        if (request.Path == "/api/v1/oauth/token" && HttpMethods.IsPost(request.Method))
            return Tokens.Issue(FormOf(request, body), request.Headers.Authorization);
        if (State.DatabaseIsDown)
            return Answer.Broken(_options.Version);
        try
        {
            if (Tokens.ClientOf(request.Headers) is not { } client)
                return Answer.Unauthenticated();
            var query = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
            var call = new Call(request.Method, request.Path.ToString(), query, request.Headers, body, request.ContentType, client, ApiRoot);
            lock (State.Gate)
                return _router.Route(call);
        }
        catch (RefusedException refused)
        {
            return refused.Answer;
        }
    }

    private static Dictionary<string, string>? FormOf(HttpRequest request, string body)
    {
        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) != true)
            return null;
        return body.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => WebUtility.UrlDecode(pair[0]), pair => WebUtility.UrlDecode(pair.ElementAtOrDefault(1) ?? ""), StringComparer.Ordinal);
    }
}
