namespace KohaPatron.Core.Text;

/// <summary>Bytes as text, a letter for each byte: to take a line apart whose encoding is wrong.</summary>
internal static class Latin1
{
    public static string Text(ArraySegment<byte> bytes)
    {
        var letters = new char[bytes.Count];
        for (var i = 0; i < letters.Length; i++)
            letters[i] = (char)bytes.Array![bytes.Offset + i];
        return new string(letters);
    }

    public static byte[] Bytes(string text)
    {
        var bytes = new byte[text.Length];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)text[i];
        return bytes;
    }
}
