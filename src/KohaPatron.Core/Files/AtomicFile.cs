namespace KohaPatron.Core.Files;

/// <summary>
/// A file that is written beside its target and moved into place at the end: until then, and when the run breaks, the old
/// file is whole. What is written holds people, so it is for its owner alone, under a name that nobody can guess and
/// prepare; what a killed run leaves is removed by the next one.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private const string Ending = ".kohapatron.tmp";
    private const int IdLength = 32;

    private readonly FileStream _stream;
    private bool _closed;

    /// <param name="path">The target.</param>
    /// <exception cref="IOException">The folder is missing or not writable, or the target is a folder itself, a pipe or a device.</exception>
    /// <exception cref="UnauthorizedAccessException">The target is a link to a file elsewhere, or the folder may not be written.</exception>
    public AtomicFile(string path)
    {
        FileLink.Refuse(path);
        InputFile.Refuse(path);
        Path = path;
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        var start = $".{System.IO.Path.GetFileName(path)}.";
        RemoveLeftovers(folder, start);
        TemporaryPath = System.IO.Path.Combine(folder, start + Guid.NewGuid().ToString("N") + Ending);
        _stream = OwnerFile.Open(TemporaryPath, FileMode.CreateNew, FileShare.None);
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

    private static void RemoveLeftovers(string folder, string start)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Ending).Where(path => IsLeftover(System.IO.Path.GetFileName(path), start) && !FileLink.Is(path)))
        {
            try
            {
                // Whoever still writes it holds it.
                new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // In use, or not ours.
            }
        }
    }

    private static bool IsLeftover(string name, string start) =>
        name.StartsWith(start, StringComparison.Ordinal)
        && name.Length == start.Length + IdLength + Ending.Length
        && Guid.TryParseExact(name.Substring(start.Length, IdLength), "N", out _);
}
