using System.Runtime.InteropServices;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Registration;

/// <summary>
/// Remembers which keys there were, as Koha's database compares them, in about six bytes each: a load of two million
/// people must not need more memory than one of twenty thousand. It keeps 44 bits of a hash, so that among two hundred
/// thousand different keys it takes one for a repeat in about one load of a thousand.
/// </summary>
internal sealed class SeenKeys
{
    private const int PartitionBits = 12;
    private const int FirstSize = 10;

    private readonly Partition[] _partitions = new Partition[1 << PartitionBits];

    /// <summary>Adds a key; false where it was there already.</summary>
    public bool Add(string key)
    {
        var hash = CollationKey.Hash(key);
        // Zero marks a free place.
        return _partitions[(int)(hash >> (64 - PartitionBits))].Add(Math.Max(1u, (uint)hash));
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Partition
    {
        private uint[]? _slots;
        private int _count;

        public bool Add(uint print)
        {
            _slots ??= new uint[FirstSize];
            if (!Place(_slots, print))
                return false;
            if (++_count > _slots.Length * 7 / 8)
                _slots = Grown(_slots);
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
            var larger = new uint[slots.Length * 2];
            foreach (var print in slots)
            {
                if (print != 0)
                    Place(larger, print);
            }

            return larger;
        }
    }
}
