namespace KohaPatron.Core.Files;

/// <summary>
/// A file that is written beside its target and moved into place at the end: until then, and when the run breaks, the old
/// file is whole. What a killed run leaves behind is overwritten by the next one; two runs cannot write at once.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly FileStream _stream;
    private bool _closed;

    /// <param name="path">The target.</param>
    /// <param name="ownerOnly">Whether it holds personal data as it came, and is for its owner alone.</param>
    /// <exception cref="IOException">The folder is missing or not writable, or another run is writing the same file.</exception>
    public AtomicFile(string path, bool ownerOnly = false)
    {
        Path = path;
        TemporaryPath = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!, $".{System.IO.Path.GetFileName(path)}.kohapatron.tmp");
        _stream = ownerOnly
            ? OwnerFile.Open(TemporaryPath, FileMode.Create, FileShare.None)
            : new FileStream(TemporaryPath, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
    }

    public string Path { get; }

    public string TemporaryPath { get; }

    public Stream Stream => _stream;

    /// <summary>Puts what was written in the target's place; the stream may have been closed by its writer.</summary>
    public void Commit()
    {
        if (_stream.CanWrite)
            _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        _closed = true;
        Move(TemporaryPath, Path);
    }

    /// <summary>Puts a file in another's place, in one step.</summary>
    public static void Move(string from, string to)
    {
        if (File.Exists(to))
            File.Replace(from, to, destinationBackupFileName: null);
        else
            File.Move(from, to);
    }

    public void Dispose()
    {
        if (_closed)
            return;
        _closed = true;
        _stream.Dispose();
        File.Delete(TemporaryPath);
    }
}
