using System.Runtime.InteropServices;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.ProxReport;

/// <summary>What a prox report says of a person: the card as a number, 0 for none, and in which line.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct ProxRow(ulong Card, int Line);

/// <summary>The cards of a prox report by the universal IDs of their holders; numbers on both sides.</summary>
internal sealed class ProxTable
{
    private readonly DigitCodes _codes = new();
    private readonly NumberMap<ProxRow> _rows = new();

    public ProxTable()
    {
    }

    public ProxTable(IEnumerable<ProxNumber> numbers)
    {
        foreach (var number in numbers)
        {
            var key = UniversalIds.Key(number.UniversalId.AsSpan());
            if (key.Length > 0)
                Set(key, number.CardNumber.AsSpan().Trim(), number.Line);
        }
    }

    /// <summary>The full path of the report; null: the numbers were given without one.</summary>
    public string? File { get; init; }

    /// <summary>How many people the report knows.</summary>
    public int Count => _rows.Count;

    /// <summary>Whether anybody has a card.</summary>
    public bool HasCards { get; private set; }

    /// <summary>The rows, in no order; one for each person.</summary>
    public IEnumerable<ProxRow> Rows => _rows.All().Select(entry => entry.Value);

    /// <summary>The cards that the report gives to more than one person: they are nobody's.</summary>
    public HashSet<string> SharedCards() => new(SharedNumbers().Select(_codes.Text), StringComparer.Ordinal);

    /// <summary>
    /// The same as numbers. Hardly any card is shared: a bit for each, at the place that its hash names, tells nearly all of
    /// them apart, and only the others are counted.
    /// </summary>
    public IReadOnlyCollection<ulong> SharedNumbers()
    {
        var bits = new uint[Count + 1];
        var counts = new NumberMap<int>();
        _rows.ForEach(row =>
        {
            var place = Spread.Of(row.Card) >> 32;
            ref var word = ref bits[place * (uint)bits.Length >> 32];
            var bit = 1U << (int)(place & 31);
            if ((word & bit) != 0 && row.Card != 0)
                counts.Of(row.Card, out _) = 0;
            word |= bit;
        });
        HashSet<ulong>? shared = null;
        _rows.ForEach(row =>
        {
            if (row.Card != 0 && counts.TryGet(row.Card, out _) && ++counts.Of(row.Card, out _) == 2)
                (shared ??= []).Add(row.Card);
        });
        return shared ?? (IReadOnlyCollection<ulong>)[];
    }

    /// <summary>The card of a person, or null.</summary>
    public string? CardOf(string universalId) => RowOf(universalId) is { Card: not 0 } row ? _codes.Text(row.Card) : null;

    /// <summary>What the report says of a person; nothing of a person who is not in it.</summary>
    public ProxRow RowOf(string universalId) =>
        _codes.Find(UniversalIds.Key(universalId.AsSpan())) is var person and not 0 && _rows.TryGet(person, out var row) ? row : default;

    /// <summary>Tells how many people the report will have, about.</summary>
    public void Expect(int people) => _rows.Expect(people);

    /// <summary>Sets the card of a person, or that there is none; gives what was there before.</summary>
    public ProxRow Set(ReadOnlySpan<char> universalIdKey, ReadOnlySpan<char> card, int line)
    {
        ref var row = ref _rows.Of(_codes.Of(universalIdKey), out _);
        var before = row;
        row = new ProxRow(card.IsEmpty ? 0 : _codes.Of(card), line);
        HasCards |= !card.IsEmpty;
        return before;
    }
}
