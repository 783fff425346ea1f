using System.Buffers.Binary;
using System.IO.Compression;
using KohaPatron.Core.Files;

namespace KohaPatron.Core.Storage;

/// <summary>
/// Gzip unzipped, one member after the other, each held against its own checksum and length. The runtime's own reader takes
/// what was cut for whole, and that of .NET Framework ends behind the first member.
/// </summary>
internal sealed class GunzipStream(Stream zipped) : ReadOnlyStream
{
    private static readonly uint[][] Tables = MakeTables();

    private readonly ZippedBytes _bytes = new(zipped);
    private DeflateStream? _member;
    private uint _rest;
    private uint _length;

    /// <exception cref="InvalidDataException">A member is cut or damaged, or something else lies behind it.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        while (count > 0 && (_member is not null || !_bytes.IsAtEnd))
        {
            _member ??= Begin();
            var read = _member.Read(buffer, offset, count);
            if (read > 0)
            {
                Append(buffer.AsSpan(offset, read));
                return read;
            }

            End();
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _member?.Dispose();
        base.Dispose(disposing);
    }

    private DeflateStream Begin()
    {
        const int HeaderChecksum = 2, Extra = 4, Name = 8, Comment = 16;
        if (_bytes.Next() != 0x1F || _bytes.Next() != 0x8B || _bytes.Next() != 8)
            throw new InvalidDataException("No member of gzip begins here.");
        var flags = _bytes.Next();
        _bytes.Skip(6);
        if ((flags & Extra) != 0)
            _bytes.Skip(_bytes.Next() | (_bytes.Next() << 8));
        if ((flags & Name) != 0)
            _bytes.SkipText();
        if ((flags & Comment) != 0)
            _bytes.SkipText();
        if ((flags & HeaderChecksum) != 0)
            _bytes.Skip(2);
        (_rest, _length) = (~0u, 0);
        return new DeflateStream(_bytes, CompressionMode.Decompress, leaveOpen: true);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _length += (uint)bytes.Length;
        var crc = _rest;
        // Eight bytes at a time: one by one takes longer than to unzip them.
        for (; bytes.Length >= 8; bytes = bytes.Slice(8))
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(4));
            crc = Tables[7][low & 0xFF] ^ Tables[6][(low >> 8) & 0xFF] ^ Tables[5][(low >> 16) & 0xFF] ^ Tables[4][low >> 24]
                ^ Tables[3][high & 0xFF] ^ Tables[2][(high >> 8) & 0xFF] ^ Tables[1][(high >> 16) & 0xFF] ^ Tables[0][high >> 24];
        }

        foreach (var one in bytes)
            crc = (crc >> 8) ^ Tables[0][(crc ^ one) & 0xFF];
        _rest = crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        for (var table = 0; table < tables.Length; table++)
        {
            var shorter = table == 0 ? [.. Enumerable.Range(0, 256).Select(value => (uint)value)] : tables[table - 1];
            tables[table] = [.. shorter.Select(crc => Enumerable.Range(0, 8).Aggregate(crc, (rest, _) => (rest & 1) == 0 ? rest >> 1 : (rest >> 1) ^ 0xEDB88320))];
        }

        return tables;
    }

    private void End()
    {
        _member!.Dispose();
        _member = null;
        var trailer = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, ~_rest);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(4), _length);
        if (!_bytes.TryPass(trailer))
            throw new InvalidDataException("A member of gzip is not whole.");
    }

    /// <summary>
    /// The stored bytes. Whoever unzips reads further than the member's end and does not say how far: the end is where its
    /// checksum and length stand.
    /// </summary>
    private sealed class ZippedBytes(Stream zipped) : ReadOnlyStream
    {
        private const int MostGiven = 8 * 1024;

        private readonly byte[] _buffer = new byte[8 * MostGiven];
        private int _given;
        private int _at;
        private int _end;

        public bool IsAtEnd => _at == _end && !Fill();

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (IsAtEnd)
                return 0;
            var length = Math.Min(Math.Min(count, MostGiven), _end - _at);
            Buffer.BlockCopy(_buffer, _at, buffer, offset, length);
            (_given, _at) = (_at, _at + length);
            return length;
        }

        public byte Next() => IsAtEnd ? throw new InvalidDataException("A member of gzip ends in its header.") : _buffer[_at++];

        public void Skip(int count)
        {
            for (; count > 0; count--)
                Next();
        }

        public void SkipText()
        {
            while (Next() != 0)
            {
            }
        }

        /// <summary>Goes behind a trailer that begins in what was given last; behind it is the next member, or nothing.</summary>
        public bool TryPass(ReadOnlySpan<byte> trailer)
        {
            Buffer.BlockCopy(_buffer, _given, _buffer, 0, _end - _given);
            (_given, _at, _end) = (0, _at - _given, _end - _given);
            while (_end - _at <= trailer.Length && zipped.Read(_buffer, _end, _buffer.Length - _end) is > 0 and var read)
                _end += read;
            for (var at = 0; at <= _at && at + trailer.Length <= _end; at++)
            {
                var behind = at + trailer.Length;
                if (!_buffer.AsSpan(at, trailer.Length).SequenceEqual(trailer) || (behind < _end && _buffer[behind] != 0x1F))
                    continue;
                _at = behind;
                return true;
            }

            return false;
        }

        private bool Fill()
        {
            (_given, _at, _end) = (0, 0, zipped.Read(_buffer, 0, _buffer.Length));
            return _end > 0;
        }
    }
}
