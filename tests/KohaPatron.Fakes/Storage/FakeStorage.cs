using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KohaPatron.Fakes.Storage;

/// <summary>A request that came in.</summary>
public sealed record SeenStorageRequest(string Method, string Path, string Range, string Authorization, string AcceptEncoding);

/// <summary>
/// Cloud Storage's JSON API on 127.0.0.1, over real HTTP, with its objects in memory. It gives the answers that were
/// recorded from Google's own test server, or the real service's, and can be told to fail.
/// </summary>
public sealed class FakeStorage : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly FakeStorageOptions _options;
    private readonly StorageRouter _router;
    private int _current;

    private FakeStorage(WebApplication app, FakeStorageOptions options)
    {
        _app = app;
        _options = options;
        _router = new StorageRouter(State, Tokens, options);
    }

    /// <summary>http://127.0.0.1:port, for STORAGE_EMULATOR_HOST.</summary>
    public Uri Root { get; private set; } = new("http://127.0.0.1/");

    public StorageState State => _options.State;

    public TokenRoutes Tokens { get; } = new();

    public StorageFaults Faults { get; } = new();

    public ConcurrentQueue<SeenStorageRequest> Requests { get; } = new();

    /// <summary>The most requests there were at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Called before a request is answered, so that a test can change an object in between; takes method and path.</summary>
    public Action<string, string>? OnRequest { get; set; }

    public static async Task<FakeStorage> StartAsync(FakeStorageOptions? options = null)
    {
        options ??= new FakeStorageOptions();
        await Task.Delay(options.StartsAfter);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Limits.MaxRequestBodySize = null;
            server.Listen(IPAddress.Loopback, options.Port);
        });
        var app = builder.Build();
        var storage = new FakeStorage(app, options);
        app.Run(storage.HandleAsync);
        await app.StartAsync();
        storage.Root = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return storage;
    }

    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _current));
        try
        {
            var path = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
            var headers = context.Request.Headers;
            Requests.Enqueue(new SeenStorageRequest(context.Request.Method, path, headers.Range.ToString(), headers.Authorization.ToString(), headers.AcceptEncoding.ToString()));
            OnRequest?.Invoke(context.Request.Method, path);
            var fault = Faults.Next(path);
            if (fault?.Kind == StorageFaultKind.Status)
                await StorageSender.SendAsync(context, fault.Answer, null);
            else
                await AnswerAsync(context, path, fault);
        }
        finally
        {
            Interlocked.Decrement(ref _current);
        }
    }

    private async Task AnswerAsync(HttpContext context, string path, StorageFault? fault)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        // Each segment is unescaped alone: a slash in an object's name is no slash of the path.
        var segments = path.Split('?')[0][1..].Split('/').Select(Uri.UnescapeDataString).ToArray();
        var query = context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        var call = new StorageCall(context.Request.Method, segments, query, context.Request.Headers, body.ToArray());
        StorageAnswer answer;
        lock (State.Gate)
            (answer, fault) = _router.Route(call, fault);
        await StorageSender.SendAsync(context, answer, fault);
    }
}
