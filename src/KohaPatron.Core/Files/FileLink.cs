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
            return File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint) && WindowsLink.Is(path);
#endif
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The file that a path leads to in the end, by its full path.</summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Target(string path)
    {
#if NET
        if (Is(path))
            return File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
#endif
        return Path.GetFullPath(path);
    }

    /// <summary>Whether two paths are of one file.</summary>
    public static bool AreSame(string one, string other) => string.Equals(Target(one), Target(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>Keeps personal data from going wherever somebody has made a link lead.</summary>
    /// <exception cref="UnauthorizedAccessException">The path is a link.</exception>
    public static void Refuse(string path)
    {
        if (Is(path))
            throw new UnauthorizedAccessException("It is a link to a file elsewhere. Name that file instead.");
    }
}
