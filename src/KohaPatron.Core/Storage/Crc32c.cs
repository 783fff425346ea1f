#if NET8_0_OR_GREATER
using System.Numerics;
#endif
using System.Buffers.Binary;

namespace KohaPatron.Core.Storage;

/// <summary>The checksum that Cloud Storage keeps of each object (CRC-32C, Castagnoli), computed as the bytes come.</summary>
internal struct Crc32c
{
    private uint _rest;

    /// <summary>The checksum of the bytes so far.</summary>
    public readonly uint Value => _rest;

    /// <summary>Reads a checksum as the service writes it: base64 of four bytes, the highest first.</summary>
    public static uint? Parse(string? text)
    {
        try
        {
            var decoded = Convert.FromBase64String(text ?? string.Empty);
            return decoded.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(decoded) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public void Append(ReadOnlySpan<byte> bytes) => _rest = ~Next(~_rest, bytes);

#if NET8_0_OR_GREATER
    private static uint Next(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes.Slice(8))
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes)
            crc = BitOperations.Crc32C(crc, one);
        return crc;
    }
#else
    private static readonly uint[][] Tables = MakeTables();

    /// <summary>Eight bytes at a time by eight tables: this target has no instruction for it.</summary>
    private static uint Next(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes.Slice(8))
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(4));
            crc = Tables[7][low & 0xFF] ^ Tables[6][(low >> 8) & 0xFF] ^ Tables[5][(low >> 16) & 0xFF] ^ Tables[4][low >> 24]
                ^ Tables[3][high & 0xFF] ^ Tables[2][(high >> 8) & 0xFF] ^ Tables[1][(high >> 16) & 0xFF] ^ Tables[0][high >> 24];
        }

        foreach (var one in bytes)
            crc = (crc >> 8) ^ Tables[0][(crc ^ one) & 0xFF];
        return crc;
    }

    private static uint[][] MakeTables()
    {
        const uint Castagnoli = 0x82F63B78;
        var tables = new uint[8][];
        for (var table = 0; table < tables.Length; table++)
        {
            tables[table] = new uint[256];
            for (uint value = 0; value < 256; value++)
            {
                var crc = table == 0 ? value : tables[table - 1][value];
                for (var bit = 0; bit < 8; bit++)
                    crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Castagnoli;
                tables[table][value] = crc;
            }
        }

        return tables;
    }
#endif
}
