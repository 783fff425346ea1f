using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
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

/// <summary>A request that came in, and what it was answered.</summary>
public sealed record SeenRequest(string Method, string Path, string Body, int Status, string UserAgent);

/// <summary>
/// Koha's REST API on 127.0.0.1, over real HTTP, with its patrons in memory. It gives the answers that were recorded from
/// an unmodified Koha, and can be told to fail.
/// </summary>
public sealed class FakeKoha : IAsyncDisposable
{
    private const int LongestRequestLine = 8 * 1024;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly WebApplication _app;
    private readonly FakeKohaOptions _options;
    private readonly Router _router;
    private int _current;

    private FakeKoha(WebApplication app, FakeKohaOptions options)
    {
        _app = app;
        _options = options;
        State = KohaState.Load(options.SeedPath);
        Tokens = new TokenDesk(State, options);
        _router = new Router(State, options);
    }

    /// <summary>What a client connects to: http://127.0.0.1:port/api/v1</summary>
    public Uri ApiRoot { get; private set; } = new("http://127.0.0.1/");

    public KohaState State { get; }

    public TokenDesk Tokens { get; }

    public Faults Faults { get; } = new();

    /// <summary>The requests in the order of their answers.</summary>
    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    /// <summary>The most requests there were at once.</summary>
    public int MostAtOnce { get; private set; }

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
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _current));
        try
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            if (_options.Delay > TimeSpan.Zero)
                await Task.Delay(_options.Delay, context.RequestAborted);
            var path = context.Request.GetEncodedPathAndQuery();
            var fault = Faults.Next(context.Request.Method, path);
            var answer = fault is { AfterEffect: false } ? null : AnswerTo(context, body);
            Requests.Enqueue(new SeenRequest(context.Request.Method, path, body, fault is null ? answer!.Status : fault.Status, context.Request.Headers.UserAgent.ToString()));
            if (fault is null)
                await SendAsync(context, answer!);
            else
                await FailAsync(context, fault, answer);
        }
        finally
        {
            Interlocked.Decrement(ref _current);
        }
    }

    private Answer AnswerTo(HttpContext context, string body)
    {
        var request = context.Request;
        OnRequest?.Invoke(request.Method, request.GetEncodedPathAndQuery());
        if (request.Path == "/api/v1/oauth/token" && HttpMethods.IsPost(request.Method))
            return Tokens.Issue(FormOf(request, body), request.Headers.Authorization);
        if (Tokens.ClientOf(request.Headers) is not { } client)
            return Answer.Unauthenticated();
        var query = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        var call = new Call(request.Method, request.Path.ToString(), query, request.Headers, body, request.ContentType, client, ApiRoot);
        lock (State.Gate)
            return _router.Route(call);
    }

    private static Dictionary<string, string>? FormOf(HttpRequest request, string body)
    {
        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) != true)
            return null;
        return body.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => WebUtility.UrlDecode(pair[0]), pair => WebUtility.UrlDecode(pair.ElementAtOrDefault(1) ?? ""), StringComparer.Ordinal);
    }

    private static async Task SendAsync(HttpContext context, Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var header in answer.Headers)
            context.Response.Headers.Append(header.Key, header.Value);
        if (answer.Body is null)
            return;
        context.Response.ContentType = "application/json;charset=UTF-8";
        await context.Response.WriteAsync(answer.Body.ToJsonString(Json), context.RequestAborted);
    }

    private static async Task FailAsync(HttpContext context, Fault fault, Answer? answer)
    {
        switch (fault.Kind)
        {
            case FaultKind.Stall:
                await Task.Delay(fault.Pause, context.RequestAborted);
                break;
            case FaultKind.Reset:
                context.Abort();
                break;
            case FaultKind.CutBody:
                var whole = Encoding.UTF8.GetBytes((answer?.Body ?? "cut").ToJsonString(Json));
                context.Response.ContentType = "application/json;charset=UTF-8";
                context.Response.ContentLength = whole.Length + 1;
                await context.Response.Body.WriteAsync(whole.AsMemory(0, whole.Length / 2), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                context.Abort();
                break;
            case FaultKind.Html:
                context.Response.StatusCode = fault.Status;
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<!DOCTYPE html><html><body><h1>It works!</h1></body></html>", context.RequestAborted);
                break;
            default:
                var refusal = fault.Status == 401 ? Answer.Unauthenticated() : fault.Status >= 500 ? Answer.Broken() with { Status = fault.Status } : Answer.Error(fault.Status, "Told to fail.");
                if (fault.RetryAfter is { } seconds)
                    refusal.With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));
                await SendAsync(context, refusal);
                break;
        }
    }
}
