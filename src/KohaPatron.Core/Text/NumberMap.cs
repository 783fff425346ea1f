using System.Runtime.CompilerServices;

namespace KohaPatron.Core.Text;

/// <summary>
/// A dictionary by numbers other than 0 for what is kept of each person of a load: little more than its keys and values,
/// because it grows in many small parts by a quarter at a time, where a Dictionary copies everything to twice the size.
/// </summary>
internal sealed class NumberMap<TValue>
    where TValue : struct
{
    private const int PartBits = 8;
    private const int FirstSize = 8;

    private readonly Part[] _parts = new Part[1 << PartBits];

    /// <summary>The value of a key, added with its default where it is new.</summary>
    [MethodImpl(Compile.Fully)]
    public ref TValue Of(ulong key, out bool isNew)
    {
        var hash = Mix(key);
        return ref _parts[(int)(hash >> (64 - PartBits))].Of(key, hash, out isNew);
    }

    /// <summary>The value of a key that may be there.</summary>
    [MethodImpl(Compile.Fully)]
    public bool TryGet(ulong key, out TValue value)
    {
        var hash = Mix(key);
        return _parts[(int)(hash >> (64 - PartBits))].TryGet(key, hash, out value);
    }

    /// <summary>All values, in no order: of as many as a load has people, by a loop and not by an iterator.</summary>
    public TValue[] Values()
    {
        var count = 0;
        foreach (var part in _parts)
            count += part.Count;
        var values = new TValue[count];
        foreach (var part in _parts)
            count -= part.CopyValues(values, count);
        return values;
    }

    /// <summary>All keys and values, in no order.</summary>
    public IEnumerable<(ulong Key, TValue Value)> All() => _parts.SelectMany(part => part.All());

    private static ulong Mix(ulong key) => key * 0x9E3779B97F4A7C15;

    private struct Part
    {
        private ulong[]? _keys;
        private TValue[]? _values;
        private int _count;

        [MethodImpl(Compile.Fully)]
        public ref TValue Of(ulong key, ulong hash, out bool isNew)
        {
            if (_keys is null)
                Resize(FirstSize);
            var at = Place(_keys!, key, hash);
            isNew = _keys![at] == 0;
            if (isNew)
            {
                if (++_count > _keys.Length * 7 / 8)
                {
                    Resize(_keys.Length * 5 / 4);
                    at = Place(_keys, key, hash);
                }

                _keys[at] = key;
            }

            return ref _values![at];
        }

        [MethodImpl(Compile.Fully)]
        public readonly bool TryGet(ulong key, ulong hash, out TValue value)
        {
            value = default;
            if (_keys is null)
                return false;
            var at = Place(_keys, key, hash);
            value = _values![at];
            return _keys[at] != 0;
        }

        public readonly int Count => _count;

        /// <summary>Puts the values before a place of an array; gives how many they are.</summary>
        public readonly int CopyValues(TValue[] values, int end)
        {
            for (var i = 0; i < (_keys?.Length ?? 0); i++)
            {
                if (_keys![i] != 0)
                    values[--end] = _values![i];
            }

            return _count;
        }

        public readonly IEnumerable<(ulong, TValue)> All()
        {
            for (var i = 0; i < (_keys?.Length ?? 0); i++)
            {
                if (_keys![i] != 0)
                    yield return (_keys[i], _values![i]);
            }
        }

        /// <summary>Where the key stands, or the free place where it would.</summary>
        [MethodImpl(Compile.Fully)]
        private static int Place(ulong[] keys, ulong key, ulong hash)
        {
            // The bits below those that chose the part, scaled to the size.
            var at = (int)(((hash >> (32 - PartBits)) & uint.MaxValue) * (ulong)keys.Length >> 32);
            while (keys[at] != 0 && keys[at] != key)
                at = at + 1 == keys.Length ? 0 : at + 1;
            return at;
        }

        [MethodImpl(Compile.Fully)]
        private void Resize(int size)
        {
            var (keys, values) = (_keys, _values);
            (_keys, _values) = (new ulong[size], new TValue[size]);
            for (var i = 0; i < (keys?.Length ?? 0); i++)
            {
                if (keys![i] == 0)
                    continue;
                var at = Place(_keys, keys[i], Mix(keys[i]));
                (_keys[at], _values[at]) = (keys[i], values![i]);
            }
        }
    }
}
