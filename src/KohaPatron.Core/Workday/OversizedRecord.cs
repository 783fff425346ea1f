namespace KohaPatron.Core.Workday;

/// <summary>Finds the end of a record that is too large to be held at once: it counts brackets outside of texts.</summary>
internal sealed class OversizedRecord
{
    private int _depth;
    private bool _inText;
    private bool _escaped;

    /// <summary>Goes through the next bytes of the record.</summary>
    /// <param name="bytes">The bytes that follow those of the last call.</param>
    /// <param name="length">How many of them belong to the record.</param>
    /// <returns>Whether the record ends there.</returns>
    public bool TryEnd(ReadOnlySpan<byte> bytes, out int length)
    {
        for (length = 0; length < bytes.Length;)
        {
            if (EndsWith(bytes[length++]))
                return true;
        }

        return false;
    }

    private bool EndsWith(byte letter)
    {
        if (_inText)
        {
            var closes = letter == (byte)'"' && !_escaped;
            _escaped = letter == (byte)'\\' && !_escaped;
            _inText = !closes;
            return closes && _depth == 0;
        }

        _inText = letter == (byte)'"';
        if (letter is (byte)'{' or (byte)'[')
            _depth++;
        return letter is (byte)'}' or (byte)']' && --_depth == 0;
    }
}
