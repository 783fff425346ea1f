namespace KohaPatron.Fakes.Storage;

/// <summary>Which route answers a request.</summary>
internal sealed class StorageRouter(StorageState state, TokenRoutes tokens, FakeStorageOptions options)
{
    private readonly StorageRefusals _refusals = new(options.IsReal);
    private readonly ObjectRoutes _objects = new(state, new StorageRefusals(options.IsReal), options.IsReal);
    private readonly ObjectListRoutes _lists = new(state, new StorageRefusals(options.IsReal), options);
    private readonly UploadRoutes _uploads = new(state);
    private readonly RetryTests _retryTests = new();

    public (StorageAnswer Answer, StorageFault? Fault) Route(StorageCall call, StorageFault? fault)
    {
        if (tokens.Route(call) is { } token)
            return (token, fault);
        if (call.Segments is ["retry_test"])
            return (_retryTests.Create(call), fault);
        if (_refusals.Unauthorized(call, tokens) is { } unauthorized)
            return (unauthorized, fault);
        var (caused, instructed) = _retryTests.Next(call);
        var answer = caused ?? Route(call);
        return (options.IsReal && call.TakesGzip && !call.IsMedia ? answer.Zipped() : answer, fault ?? instructed);
    }

    private StorageAnswer Route(StorageCall call) => (call.Method, call.Segments) switch
    {
        ("POST", ["storage", "v1", "b"]) => _uploads.CreateBucket(call),
        ("POST", ["upload", "storage", "v1", "b", var bucket, "o"]) => _uploads.Upload(call, bucket),
        ("GET", ["storage", "v1", "b", var bucket]) => _uploads.GetBucket(bucket),
        ("GET", ["storage", "v1", "b", var bucket, "o"]) => _lists.List(call, bucket),
        ("GET" or "HEAD", ["storage", "v1", "b", var bucket, "o", .. var name]) => Object(call, bucket, name),
        ("GET", ["download", "storage", "v1", "b", var bucket, "o", .. var name]) => Object(call, bucket, name),
        ("DELETE", ["storage", "v1", "b", var bucket, "o", .. var name]) => _objects.Delete(bucket, string.Join('/', name)),
        ("GET", [var bucket, .. var name]) when state.Find(bucket)?.Live(string.Join('/', name)) is { } stored => _objects.Content(call, stored).With("x-goog-stored-content-encoding", stored.ContentEncoding ?? "identity"),
        _ => new StorageAnswer(404),
    };

    /// <summary>The test server takes a name with its slashes as they are; the real service knows no such route.</summary>
    private StorageAnswer Object(StorageCall call, string bucket, string[] name) =>
        options.IsReal && name.Length > 1 ? new StorageAnswer(404) : _objects.Get(call, bucket, string.Join('/', name));
}
