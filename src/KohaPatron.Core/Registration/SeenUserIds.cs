using System.Text;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Registration;

/// <summary>
/// Remembers the user ids of a load, as Koha's database compares them, without an object each: their letters stand one
/// after the other in blocks of bytes.
/// </summary>
internal sealed class SeenUserIds
{
    private const int BlockBits = 16;
    private const int LengthBytes = 2;
    private const int Longest = 10_000;

    private readonly NumberMap<int> _places = new();
    private readonly List<byte[]> _blocks = [];
    private int _end = 1 << BlockBits;

    /// <summary>Adds a user id; false where it was there already. The place is that of the first of its kind.</summary>
    public bool Add(string userId, out int place)
    {
        // What no database column holds is compared by its beginning.
        if (userId.Length > Longest)
            userId = userId.Substring(0, Longest);
        // Two user ids with one hash are told apart by their letters, and the later one looks for a place of its own. Half of
        // the hash is enough for that to be seldom, and takes half the room.
        for (var hash = (uint)CollationKey.Hash(userId); ; hash += 2)
        {
            ref var known = ref _places.Of(hash | 1, out var isNew);
            if (isNew)
                known = Keep(userId);
            place = known;
            if (isNew)
                return true;
            if (CollationKey.Of(At(place)) == CollationKey.Of(userId))
                return false;
        }
    }

    /// <summary>The user id at a place, as it was first written.</summary>
    public string At(int place)
    {
        var block = _blocks[place >> BlockBits];
        var start = place & ((1 << BlockBits) - 1);
        return Encoding.UTF8.GetString(block, start + LengthBytes, block[start] << 8 | block[start + 1]);
    }

    private int Keep(string userId)
    {
        var size = LengthBytes + Encoding.UTF8.GetMaxByteCount(userId.Length);
        if (_end + size > 1 << BlockBits)
        {
            _blocks.Add(new byte[1 << BlockBits]);
            _end = 0;
        }

        var block = _blocks[_blocks.Count - 1];
        var length = Encoding.UTF8.GetBytes(userId, 0, userId.Length, block, _end + LengthBytes);
        (block[_end], block[_end + 1]) = ((byte)(length >> 8), (byte)length);
        var place = ((_blocks.Count - 1) << BlockBits) | _end;
        _end += LengthBytes + length;
        return place;
    }
}
