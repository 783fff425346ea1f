namespace KohaPatron.Core.Files;

/// <summary>Files that are only a name for one elsewhere.</summary>
internal static class FileLink
{
    /// <summary>Whether a path is a symbolic link, also one that leads nowhere.</summary>
    public static bool Is(string path)
    {
        try
        {
#if NET
            return new FileInfo(path).LinkTarget is not null;
#else
            return File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint);
#endif
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
