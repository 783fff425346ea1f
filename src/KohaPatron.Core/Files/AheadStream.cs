namespace KohaPatron.Core.Files;

/// <summary>Reads a stream one step ahead, on another thread, while what it has read is worked on.</summary>
internal sealed class AheadStream : ReadOnlyStream
{
    private const int Step = 128 * 1024;

    private readonly CancellationTokenSource _stop;
    private readonly Stream _stream;
    private byte[] _bytes = new byte[Step];
    private byte[] _spare = new byte[Step];
    private Task<int> _ahead;
    private int _at;
    private int _end;

    /// <param name="open">Opens the stream, which ends its waits when the token says so.</param>
    /// <param name="cancel">Ends the reading.</param>
    public AheadStream(Func<CancellationToken, Stream> open, CancellationToken cancel)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _stream = open(_stop.Token);
        _ahead = ReadAheadAsync();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_at == _end)
        {
            (_at, _end) = (0, _ahead.GetAwaiter().GetResult());
            (_bytes, _spare) = (_spare, _bytes);
            _ahead = ReadAheadAsync();
        }

        var given = Math.Min(count, _end - _at);
        Buffer.BlockCopy(_bytes, _at, buffer, offset, given);
        _at += given;
        return given;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
            // What it brings is of no interest, but it must have ended before the stream does.
            Task.WaitAny(_ahead);
            _ = _ahead.Exception;
            _stream.Dispose();
            _stop.Dispose();
        }

        base.Dispose(disposing);
    }

    private Task<int> ReadAheadAsync() => Task.Run(() => _stream.Read(_spare, 0, Step));
}
