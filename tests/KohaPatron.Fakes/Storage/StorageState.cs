using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Storage;

/// <summary>A bucket, and what may be done with it.</summary>
public sealed class Bucket(string name)
{
    public string Name => name;

    /// <summary>Whether generations that were overwritten stay.</summary>
    public bool IsVersioned { get; init; }

    public bool RequesterPays { get; set; }

    /// <summary>Whether the project that is charged may not be used by who asks.</summary>
    public bool PayerIsRefused { get; set; }

    /// <summary>Whether nobody may read it.</summary>
    public bool IsForbidden { get; set; }

    /// <summary>Whether its names may not be listed; then a missing object is a 403 too.</summary>
    public bool CannotList { get; set; }

    public List<StoredObject> Objects { get; } = [];

    public StoredObject? Live(string objectName) => Objects.FindLast(each => each.IsLive && each.Name == objectName);
}

/// <summary>What is stored. Guarded by its own lock.</summary>
public sealed class StorageState
{
    private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private long _generation = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public Lock Gate { get; } = new();

    public Bucket? Find(string bucket) => _buckets.GetValueOrDefault(bucket);

    /// <summary>The bucket, which is made if it is not there.</summary>
    public Bucket this[string bucket] => Find(bucket) ?? Add(new Bucket(bucket));

    public Bucket Add(Bucket bucket) => _buckets[bucket.Name] = bucket;

    /// <summary>Stores an object, in place of the one of that name; gives its generation.</summary>
    public long Put(string bucket, string name, byte[] content, string? contentEncoding = null)
    {
        var given = new JsonObject { ["contentType"] = "application/json" };
        if (contentEncoding is not null)
            given["contentEncoding"] = contentEncoding;
        return Put(bucket, name, content, given).Generation;
    }

    public StoredObject Put(string bucket, string name, byte[] content, JsonObject given) => Put(StoredObject.Of(bucket, name, NextGeneration(), content, given));

    /// <summary>Stores a file, which is read when it is asked for.</summary>
    public StoredObject PutFile(string bucket, string name, string path) => Put(StoredObject.OfFile(bucket, name, NextGeneration(), path));

    public void Delete(string bucket, string name)
    {
        lock (Gate)
            Retire(this[bucket], name);
    }

    private StoredObject Put(StoredObject stored)
    {
        lock (Gate)
        {
            Retire(this[stored.Bucket], stored.Name);
            this[stored.Bucket].Objects.Add(stored);
            return stored;
        }
    }

    private static void Retire(Bucket bucket, string name)
    {
        if (bucket.Live(name) is not { } old)
            return;
        old.IsLive = false;
        if (!bucket.IsVersioned)
            bucket.Objects.Remove(old);
    }

    private long NextGeneration() => Interlocked.Increment(ref _generation);
}
