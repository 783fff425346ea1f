namespace KohaPatron.Core.Files;

/// <summary>Files that hold personal data: only their owner may read them.</summary>
internal static class OwnerFile
{
    /// <summary>Opens a file to read and write, without a buffer that a killed run would lose; on Unix a new one is for its owner alone.</summary>
    /// <exception cref="IOException">The folder is missing, or somebody else holds the file.</exception>
    /// <exception cref="UnauthorizedAccessException">The path is a link, or may not be written.</exception>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        FileLink.Refuse(path);
#if NET
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
#else
        // On Windows a file takes its folder's rights; the user's own folders are the user's alone.
        return new FileStream(path, mode, FileAccess.ReadWrite, share, bufferSize: 1);
#endif
    }

    /// <summary>Takes a file that was there from everybody but its owner; on Windows it has its folder's rights.</summary>
    public static void Restrict(FileStream file)
    {
#if NET
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
#endif
    }
}
