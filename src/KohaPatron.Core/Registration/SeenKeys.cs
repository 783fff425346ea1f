using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace KohaPatron.Core.Registration;

/// <summary>
/// Remembers which keys there were, in about six bytes each: a load of two million people must not need more memory than
/// one of twenty thousand. It keeps 48 bits of a hash, so of two million different keys it takes one for a repeat in about
/// one load of a hundred; of twenty thousand, in one of a million.
/// </summary>
internal sealed class SeenKeys
{
    private const int PartitionBits = 16;
    private const int FirstSize = 4;

    private readonly uint[]?[] _partitions = new uint[]?[1 << PartitionBits];
    private readonly int[] _counts = new int[1 << PartitionBits];

    /// <summary>Adds a key; false where it was there already.</summary>
    public bool Add(string key)
    {
        var hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(key.AsSpan()));
        var partition = (int)(hash >> (64 - PartitionBits));
        // Zero marks a free place.
        var print = Math.Max(1u, (uint)hash);
        var slots = _partitions[partition] ??= new uint[FirstSize];
        if (!Place(slots, print))
            return false;
        if (++_counts[partition] > slots.Length * 3 / 4)
            _partitions[partition] = Grown(slots);
        return true;
    }

    private static bool Place(uint[] slots, uint print)
    {
        var at = (int)(print % (uint)slots.Length);
        while (slots[at] != 0)
        {
            if (slots[at] == print)
                return false;
            at = at + 1 == slots.Length ? 0 : at + 1;
        }

        slots[at] = print;
        return true;
    }

    private static uint[] Grown(uint[] slots)
    {
        var larger = new uint[slots.Length + (slots.Length / 2)];
        foreach (var print in slots)
        {
            if (print != 0)
                Place(larger, print);
        }

        return larger;
    }
}
