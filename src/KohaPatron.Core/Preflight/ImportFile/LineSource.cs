namespace KohaPatron.Core.Preflight.ImportFile;

/// <summary>
/// The physical lines of a stream as bytes, their ends included, one at a time: Koha too reads line by line, and knows only
/// the line feed as an end.
/// </summary>
internal static class LineSource
{
    private const int Chunk = 64 * 1024;

    /// <summary>Each segment is valid until the next one is asked for.</summary>
    public static IEnumerable<ArraySegment<byte>> Read(Stream stream)
    {
        var buffer = new byte[Chunk];
        int start = 0, end = 0, searched = 0;
        while (true)
        {
            var feed = Array.IndexOf(buffer, (byte)'\n', searched, end - searched);
            if (feed >= 0)
            {
                yield return new ArraySegment<byte>(buffer, start, feed + 1 - start);
                start = searched = feed + 1;
                continue;
            }

            if (start > 0)
            {
                Buffer.BlockCopy(buffer, start, buffer, 0, end - start);
                end -= start;
                start = 0;
            }

            searched = end;
            if (end == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var read = stream.Read(buffer, end, buffer.Length - end);
            if (read == 0)
                break;
            end += read;
        }

        if (end > start)
            yield return new ArraySegment<byte>(buffer, start, end - start);
    }
}
