using KohaPatron.Core.Text;

namespace KohaPatron.Core.ProxReport;

/// <summary>The cards of a prox report by the universal IDs of their holders; numbers on both sides, in some twenty bytes a person.</summary>
internal sealed class ProxTable
{
    private readonly DigitCodes _codes = new();
    private readonly NumberMap<ulong> _cards = new();

    public ProxTable()
    {
    }

    public ProxTable(IEnumerable<ProxNumber> numbers)
    {
        foreach (var number in numbers)
        {
            var key = UniversalIds.Key(number.UniversalId.AsSpan());
            if (key.Length > 0)
                Set(key, number.CardNumber.AsSpan().Trim());
        }
    }

    /// <summary>The full path of the report; null: the numbers were given without one.</summary>
    public string? File { get; init; }

    /// <summary>Whether anybody has a card.</summary>
    public bool HasCards { get; private set; }

    /// <summary>The people and cards as numbers, in no order; people without a card are left out.</summary>
    public IEnumerable<(ulong Person, ulong Card)> Cards => _cards.All().Where(entry => entry.Value != 0);

    /// <summary>The cards that the report gives to more than one person: they are nobody's.</summary>
    public HashSet<string> SharedCards() => new(SharedNumbers().Select(_codes.Text), StringComparer.Ordinal);

    /// <summary>The same as numbers. Hardly any card is shared: sorted ones show at little cost whether one is.</summary>
    public IReadOnlyCollection<ulong> SharedNumbers()
    {
        var cards = _cards.Values();
        Array.Sort(cards);
        HashSet<ulong>? shared = null;
        for (var i = 1; i < cards.Length; i++)
        {
            if (cards[i] == cards[i - 1] && cards[i] != 0)
                (shared ??= []).Add(cards[i]);
        }

        return shared ?? (IReadOnlyCollection<ulong>)[];
    }

    /// <summary>The number that stands for a person of the report; 0 for anybody else.</summary>
    public ulong NumberOf(string universalId) => _codes.Find(UniversalIds.Key(universalId.AsSpan()));

    /// <summary>The card of a person, or null.</summary>
    public string? CardOf(string universalId) =>
        NumberOf(universalId) is var person and not 0 && _cards.TryGet(person, out var card) && card != 0 ? _codes.Text(card) : null;

    /// <summary>Sets the card of a person, or that there is none; gives the person's number.</summary>
    public ulong Set(ReadOnlySpan<char> universalIdKey, ReadOnlySpan<char> card)
    {
        var person = _codes.Of(universalIdKey);
        _cards.Of(person, out _) = card.IsEmpty ? 0 : _codes.Of(card);
        HasCards |= !card.IsEmpty;
        return person;
    }
}
