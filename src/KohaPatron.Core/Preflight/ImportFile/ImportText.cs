using System.Text;
using KohaPatron.Core.Files;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Preflight.ImportFile;

/// <summary>The bytes of an import file as text: UTF-8, or what can be said of it where it is not.</summary>
internal static class ImportText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A line as text; where it is not UTF-8, a letter for each byte.</summary>
    public static string Decode(ArraySegment<byte> line, out bool isUtf8)
    {
        try
        {
            isUtf8 = true;
            return Strict.GetString(line.Array!, line.Offset, line.Count);
        }
        catch (DecoderFallbackException)
        {
            isUtf8 = false;
            return Latin1.Text(line);
        }
    }

    /// <summary>Whether a part of a line that was read a letter for each byte would be UTF-8 of itself.</summary>
    public static bool IsUtf8(string latin1)
    {
        try
        {
            Strict.GetCharCount(Latin1.Bytes(latin1));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>What a file is that begins so, when it cannot be UTF-8 text; else null.</summary>
    public static string? FindOtherEncoding(ArraySegment<byte> firstLine)
    {
        var start = firstLine.AsSpan();
        if (FirstBytes.Utf16(start) is not null)
            return "UTF-16 text (\"Unicode\" in old programs)";
        if (FirstBytes.AreOfWorkbook(start))
            return "a workbook";
        return start.IndexOf((byte)0) >= 0 ? "UTF-16 text or no text at all" : null;
    }
}
