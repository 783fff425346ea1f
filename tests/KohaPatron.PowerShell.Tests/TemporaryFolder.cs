namespace KohaPatron.PowerShell.Tests;

/// <summary>A folder that is gone after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Directory.CreateDirectory(Path);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "kohapatron-" + Guid.NewGuid().ToString("N"));

    /// <summary>Writes a file of the folder; gives its path.</summary>
    public string Write(string name, string text)
    {
        var path = this[name];
        File.WriteAllText(path, text);
        return path;
    }

    public string Write(string name, byte[] bytes)
    {
        var path = this[name];
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
