using Polly;

namespace KohaPatron.Core.Storage;

/// <summary>What the module needs of a store of objects; everything else of Cloud Storage stays behind it.</summary>
internal interface IObjectStore : IDisposable
{
    /// <summary>How a read is tried again.</summary>
    ResiliencePipeline Retry { get; }

    /// <summary>Describes an object.</summary>
    /// <param name="address">Which object.</param>
    /// <param name="unlessGeneration">The generation that is at hand already; null: none.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The object, or null where it is still of that generation.</returns>
    /// <exception cref="Notices.KohaPatronException">There is none, or it may not be read.</exception>
    Task<StorageObject?> FindAsync(StorageAddress address, long? unlessGeneration, CancellationToken cancel);

    /// <summary>The names of the objects directly in a folder, and of the folders in it.</summary>
    Task<IReadOnlyList<string>> ListAsync(StorageAddress folder, CancellationToken cancel);

    /// <summary>Opens the stored bytes from a position on: one try, which may end in the middle.</summary>
    /// <exception cref="IOException">No answer, or one that may be another next time.</exception>
    /// <exception cref="Notices.KohaPatronException">The object is not of this generation any more, or may not be read.</exception>
    Task<Stream> OpenAsync(StorageObject stored, long offset, CancellationToken cancel);
}
