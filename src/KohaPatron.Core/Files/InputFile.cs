using System.Runtime.InteropServices;

namespace KohaPatron.Core.Files;

/// <summary>Files that are read: whether they are there, may be read, and are files at all.</summary>
internal static class InputFile
{
    private const FileAttributes Nothing = (FileAttributes)(-1);
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;

    /// <summary>Whether something is there under this name. What may not be looked at counts as there: opening it then says why it cannot be read.</summary>
    public static bool Exists(string path)
    {
        try
        {
            // Unlike File.GetAttributes this takes no exception to tell that there is nothing: exports that need not be there are asked for in every load.
            var attributes = new FileInfo(path).Attributes;
            return attributes != Nothing && !attributes.HasFlag(FileAttributes.Directory);
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Opens a file that another program may be writing at the same time.</summary>
    /// <exception cref="IOException">It is not there, cannot be read, is a folder, or is a pipe or a device, on which reading may wait for ever.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path, int bufferSize)
    {
        Refuse(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize);
    }

    /// <summary>Keeps from what is no file: reading it may wait for ever, and its rights are not ours to change.</summary>
    /// <exception cref="IOException">It is a folder, a pipe or a device.</exception>
    public static void Refuse(string path)
    {
        if (Directory.Exists(path))
            throw new IOException("It is a folder, not a file.");
        if (IsPipeOrDevice(path))
            throw new IOException("It is a named pipe or a device, not a file.");
    }

    private static bool IsPipeOrDevice(string path)
    {
#if NET
        if (!OperatingSystem.IsWindows())
        {
            Span<int> status = stackalloc int[64];
            return Stat(path, ref MemoryMarshal.GetReference(status)) == 0 && (status[1] & TypeMask) != RegularFile;
        }
#endif
        return path.StartsWith(@"\\.\", StringComparison.Ordinal);
    }

#if NET
    // What File itself asks: the runtime knows the kind of a file and has no public word for it. Of its answer the second number is the mode.
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat([MarshalAs(UnmanagedType.LPUTF8Str)] string path, ref int status);
#endif
}
