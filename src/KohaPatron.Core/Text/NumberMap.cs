using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KohaPatron.Core.Text;

/// <summary>
/// A dictionary by numbers other than 0 for what is kept of each person of a load: little more than its keys and values, side
/// by side. It consists of many small parts that double when they are full, each at its own time, where a Dictionary copies
/// everything at once; and keys below 2^32, as nearly all are, take four bytes.
/// </summary>
internal sealed class NumberMap<TValue>
    where TValue : struct
{
    private const int PartBits = 8;

    private readonly Part<uint>[] _narrow = new Part<uint>[1 << PartBits];
    private Part<ulong>[]? _wide;
    private int _expected;

    /// <summary>Tells how many keys there will be, about: what grows from now on grows to the size for so many at once.</summary>
    public void Expect(int count)
    {
        // Keys spread unevenly over the parts; few parts shall have to grow again for that.
        var each = (double)count / _narrow.Length;
        _expected = (int)((each + 3 * Math.Sqrt(each)) * 8 / 7) + 1;
    }

    /// <summary>The value of a key, added with its default where it is new.</summary>
    [MethodImpl(Compile.Fully)]
    public ref TValue Of(ulong key, out bool isNew)
    {
        var hash = Mix(key);
        var part = PartOf(hash);
        if (key <= uint.MaxValue)
            return ref _narrow[part].Of((uint)key, hash, part, _expected, out isNew);
        return ref (_wide ??= new Part<ulong>[1 << PartBits])[part].Of(key, hash, part, _expected, out isNew);
    }

    /// <summary>The value of a key that may be there.</summary>
    [MethodImpl(Compile.Fully)]
    public bool TryGet(ulong key, out TValue value)
    {
        value = default;
        var hash = Mix(key);
        return key <= uint.MaxValue ? _narrow[PartOf(hash)].TryGet((uint)key, hash, ref value)
            : _wide is not null && _wide[PartOf(hash)].TryGet(key, hash, ref value);
    }

    /// <summary>How many keys there are.</summary>
    public int Count => _narrow.Sum(part => part.Count) + (_wide?.Sum(part => part.Count) ?? 0);

    /// <summary>Gives all values, in no order: of as many as a load has people, by a loop and not by an iterator.</summary>
    public void ForEach(Action<TValue> take)
    {
        foreach (var part in _narrow)
            part.ForEach(take);
        foreach (var part in _wide ?? [])
            part.ForEach(take);
    }

    /// <summary>All keys and values, in no order.</summary>
    public IEnumerable<(ulong Key, TValue Value)> All() =>
        _narrow.SelectMany(part => part.Entries).Select(entry => ((ulong)entry.Key, entry.Value))
            .Concat((_wide ?? []).SelectMany(part => part.Entries).Select(entry => (entry.Key, entry.Value)))
            .Where(entry => entry.Item1 != 0);

    private static ulong Mix<TKey>(TKey key)
        where TKey : struct => Spread.Of((uint)key.GetHashCode());

    private static int PartOf(ulong hash) => (int)(hash >> (64 - PartBits));

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Entry<TKey>
    {
        public TKey Key;
        public TValue Value;
    }

    private struct Part<TKey>
        where TKey : struct, IEquatable<TKey>
    {
        private const int FirstSize = 8;

        private Entry<TKey>[]? _entries;
        private int _count;

        public readonly Entry<TKey>[] Entries => _entries ?? [];

        public readonly int Count => _count;

        public readonly void ForEach(Action<TValue> take)
        {
            foreach (var entry in Entries)
            {
                if (!entry.Key.Equals(default))
                    take(entry.Value);
            }
        }

        [MethodImpl(Compile.Fully)]
        public ref TValue Of(TKey key, ulong hash, int part, int expected, out bool isNew)
        {
            // Sizes between one power of two and the next: else all parts would be half empty at the same time.
            var entries = _entries ??= new Entry<TKey>[FirstSize + (FirstSize * part >> PartBits)];
            var at = Place(entries, key, hash);
            isNew = !entries[at].Key.Equals(key);
            if (isNew)
            {
                if (++_count > entries.Length * 7 / 8)
                {
                    Grow(expected);
                    entries = _entries;
                    at = Place(entries, key, hash);
                }

                entries[at].Key = key;
            }

            return ref entries[at].Value;
        }

        [MethodImpl(Compile.Fully)]
        public readonly bool TryGet(TKey key, ulong hash, ref TValue value)
        {
            if (_entries is null)
                return false;
            var at = Place(_entries, key, hash);
            if (!_entries[at].Key.Equals(key))
                return false;
            value = _entries[at].Value;
            return true;
        }

        /// <summary>Where the key stands, or the free place where it would.</summary>
        [MethodImpl(Compile.Fully)]
        private static int Place(Entry<TKey>[] entries, TKey key, ulong hash)
        {
            // The bits below those that chose the part, scaled to the size.
            var at = (int)(((hash >> (32 - PartBits)) & uint.MaxValue) * (ulong)entries.Length >> 32);
            while (!entries[at].Key.Equals(key) && !entries[at].Key.Equals(default))
                at = at + 1 == entries.Length ? 0 : at + 1;
            return at;
        }

        [MethodImpl(Compile.Fully)]
        private void Grow(int expected)
        {
            var old = _entries!;
            _entries = new Entry<TKey>[Math.Max(old.Length * 2, expected)];
            foreach (var entry in old)
            {
                if (!entry.Key.Equals(default))
                    _entries[Place(_entries, entry.Key, Mix(entry.Key))] = entry;
            }
        }
    }
}
