using KohaPatron.Core.Text;

namespace KohaPatron.Core.ProxReport;

/// <summary>A card of the report; people who share one have the very same object.</summary>
internal sealed class ProxCard(string number)
{
    public string Number { get; } = number;
}

/// <summary>The cards of a prox report, by the universal IDs of their holders and by their numbers.</summary>
internal sealed class ProxTable
{
    private readonly Dictionary<string, ProxCard?> _byPerson = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProxCard> _byNumber = new(StringComparer.Ordinal);

    public ProxTable(IEnumerable<ProxNumber> numbers)
    {
        foreach (var number in numbers)
        {
            var key = UniversalIds.Key(number.UniversalId);
            if (key.Length > 0)
                _byPerson[key] = string.IsNullOrWhiteSpace(number.CardNumber) ? null : Card(number.CardNumber!.Trim());
        }
    }

    /// <summary>The card of a person, or null.</summary>
    public ProxCard? CardOf(string universalId) => _byPerson.TryGetValue(UniversalIds.Key(universalId), out var card) ? card : null;

    /// <summary>The card with this number, or null.</summary>
    public ProxCard? CardWith(string number) => _byNumber.TryGetValue(number, out var card) ? card : null;

    private ProxCard Card(string number)
    {
        if (!_byNumber.TryGetValue(number, out var card))
            _byNumber.Add(number, card = new ProxCard(number));
        return card;
    }
}
