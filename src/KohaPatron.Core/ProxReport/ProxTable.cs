namespace KohaPatron.Core.ProxReport;

/// <summary>The card numbers by universal ID, and the cards that several people have.</summary>
internal sealed class ProxTable
{
    private readonly Dictionary<string, string?> _cards = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shared = new(StringComparer.Ordinal);

    public ProxTable(IEnumerable<ProxNumber> numbers)
    {
        foreach (var number in numbers)
        {
            var key = UniversalIds.Key(number.UniversalId);
            if (key.Length > 0)
                _cards[key] = string.IsNullOrWhiteSpace(number.CardNumber) ? null : number.CardNumber!.Trim();
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var card in _cards.Values)
        {
            if (card is not null && !seen.Add(card))
                _shared.Add(card);
        }
    }

    /// <summary>How many people the report has a card for.</summary>
    public int Count => _cards.Count(pair => pair.Value is not null);

    /// <summary>The card of a person, or null.</summary>
    public string? CardOf(string? universalId) => _cards.TryGetValue(UniversalIds.Key(universalId), out var card) ? card : null;

    /// <summary>Whether the report gives this card to several people.</summary>
    public bool IsShared(string card) => _shared.Contains(card);
}
