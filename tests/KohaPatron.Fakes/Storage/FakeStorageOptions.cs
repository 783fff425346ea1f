namespace KohaPatron.Fakes.Storage;

/// <summary>What kind of Cloud Storage is stood in for.</summary>
public sealed record FakeStorageOptions
{
    /// <summary>The port on 127.0.0.1; 0: any free one.</summary>
    public int Port { get; init; }

    /// <summary>How long it is not there yet.</summary>
    public TimeSpan StartsAfter { get; init; }

    /// <summary>What is stored; another server's, which this one takes over.</summary>
    public StorageState State { get; init; } = new();

    /// <summary>Whether it has the real service's ways, where Google's own test server has others: error texts, pages, no Content-Range on a 200, tokens.</summary>
    public bool IsReal { get; init; }

    /// <summary>How many names a page of a list holds; a real service's page may be short, or empty.</summary>
    public int PageSize { get; init; } = 1000;
}
