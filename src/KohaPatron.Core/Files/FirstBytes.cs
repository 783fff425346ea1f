using System.Text;

namespace KohaPatron.Core.Files;

/// <summary>What the first bytes of a file tell of it, whatever its name says.</summary>
internal static class FirstBytes
{
    /// <summary>Whether they are those of a workbook: zipped (xlsx), or of the older kind (xls).</summary>
    public static bool AreOfWorkbook(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]);

    /// <summary>The kind of UTF-16 that text is stored in, by its mark or by the zeros of every second byte; null: it is not.</summary>
    public static Encoding? Utf16(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.Length > 3 && bytes[0] != 0 && bytes[1] == 0 && bytes[3] == 0 ? Encoding.Unicode
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || bytes.Length > 3 && bytes[1] != 0 && bytes[0] == 0 && bytes[2] == 0 ? Encoding.BigEndianUnicode
        : null;
}
