#if !NET
using System.Runtime.InteropServices;

namespace KohaPatron.Core.Files;

/// <summary>Tells links from the other reparse points of Windows, such as files that OneDrive keeps in the cloud or that are deduplicated.</summary>
internal static class WindowsLink
{
    /// <summary>The bit that Windows sets in the tags of what is only a name for something elsewhere.</summary>
    private const uint NameSurrogate = 0x20000000;

    /// <summary>Whether a reparse point is a link; on other systems there is no other kind.</summary>
    public static bool Is(string path)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return true;
        var handle = FindFirstFile(path, out var found);
        if (handle == new IntPtr(-1))
            return true;
        FindClose(handle);
        return (found.ReparseTag & NameSurrogate) != 0;
    }

    [DllImport("kernel32.dll", EntryPoint = "FindFirstFileW", CharSet = CharSet.Unicode, SetLastError = true)]
    private static extern IntPtr FindFirstFile(string path, out FindData found);

    [DllImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool FindClose(IntPtr handle);

    /// <summary>WIN32_FIND_DATAW, whose times are pairs of 32 bits; for a reparse point the first reserved field is its tag.</summary>
    [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode, Pack = 4)]
    private struct FindData
    {
        public uint Attributes;
        public long Created;
        public long Accessed;
        public long Written;
        public uint SizeHigh;
        public uint SizeLow;
        public uint ReparseTag;
        public uint Reserved;
        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 260)]
        public string Name;
        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 14)]
        public string ShortName;
    }
}
#endif
