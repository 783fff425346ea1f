using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Storage;

/// <summary>The test server's own way to fail on request: a plan of instructions, one of which each fitting call uses up.</summary>
internal sealed class RetryTests
{
    private static readonly string[] Methods = ["storage.objects.get", "storage.objects.list"];

    private readonly Dictionary<string, Dictionary<string, Queue<string>>> _plans = new(StringComparer.Ordinal);

    public StorageAnswer Create(StorageCall call)
    {
        var given = JsonNode.Parse(call.Body)!.AsObject();
        var plan = new Dictionary<string, Queue<string>>(StringComparer.Ordinal);
        foreach (var (method, instructions) in given["instructions"]!.AsObject())
        {
            if (!Methods.Contains(method))
                return StorageAnswer.TestError(400, $"The requested method <{method}> for fault injection is invalid.");
            plan[method] = new(instructions!.AsArray().Select(each => (string)each!));
        }

        var id = Guid.NewGuid().ToString("N");
        _plans[id] = plan;
        return StorageAnswer.Of(new JsonObject { ["id"] = id, ["instructions"] = given["instructions"]!.DeepClone(), ["completed"] = false, ["transport"] = "HTTP" });
    }

    /// <summary>What befalls a call, or null.</summary>
    public (StorageAnswer? Answer, StorageFault? Fault) Next(StorageCall call)
    {
        if (call.Headers["x-retry-test-id"].ToString() is not { Length: > 0 } id)
            return Instructed(call);
        if (!_plans.TryGetValue(id, out var plan))
            return (StorageAnswer.TestError(404, $"Retry Test {id} does not exist."), null);
        var method = call.Segments is [.., "o"] ? Methods[1] : Methods[0];
        if (!plan.TryGetValue(method, out var instructions) || !instructions.TryDequeue(out var next))
            return (null, null);
        return next switch
        {
            "return-reset-connection" => (null, new StorageFault(StorageFaultKind.Reset)),
            "return-broken-stream" => (null, new StorageFault(StorageFaultKind.Cut) { After = 4 }),
            _ => (Caused(next["return-".Length..]), null),
        };
    }

    /// <summary>Injected errors have their code as text and their message as an object.</summary>
    private static StorageAnswer Caused(string status) => StorageAnswer.Of(
        new JsonObject { ["error"] = new JsonObject { ["code"] = status, ["message"] = new JsonObject { ["error"] = new JsonObject { ["message"] = $"Retry Test: Caused a {status}" } } } },
        int.Parse(status, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The older way; an object under a mebibyte is never broken by it.</summary>
    private static (StorageAnswer?, StorageFault?) Instructed(StorageCall call) => call.Headers["x-goog-emulator-instructions"].ToString() switch
    {
        "return-corrupted-data" => (null, new StorageFault(StorageFaultKind.Corrupt)),
        "return-503-after-256K" => (null, call.Headers.Range.Count > 0 ? new StorageFault(StorageFaultKind.Bare) : new StorageFault(StorageFaultKind.Cut) { After = 256 * 1024 }),
        _ => (null, null),
    };
}
