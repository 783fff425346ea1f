using KohaPatron.Core.Koha;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Preflight.Matching;

/// <summary>The patrons that Koha answered with, found as Koha's database finds them.</summary>
internal sealed class KnownPatrons
{
    private readonly Dictionary<string, KnownPatron> _byUserId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KnownPatron> _byCard = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, string Value), KnownPatron> _byAttribute = [];

    /// <param name="patrons">The patrons.</param>
    /// <param name="unseenTypes">Attribute types of the rows that no patron in Koha has.</param>
    public KnownPatrons(IEnumerable<KnownPatron> patrons, IReadOnlyCollection<string>? unseenTypes = null)
    {
        UnseenTypes = unseenTypes ?? [];
        foreach (var patron in patrons)
        {
            if (!string.IsNullOrEmpty(patron.UserId))
                _byUserId[CollationKey.Of(patron.UserId!)] = patron;
            if (!string.IsNullOrEmpty(patron.CardNumber))
                _byCard[CollationKey.Of(patron.CardNumber!)] = patron;
            foreach (var attribute in patron.Attributes ?? [])
                _byAttribute[PatronAttributes.Key(attribute)] = patron;
        }
    }

    /// <summary>Attribute types that no patron in Koha has: maybe there are none.</summary>
    public IReadOnlyCollection<string> UnseenTypes { get; }

    public KnownPatron? WithUserId(string userId) => Find(_byUserId, CollationKey.Of(userId));

    public KnownPatron? WithCard(string cardNumber) => Find(_byCard, CollationKey.Of(cardNumber));

    public KnownPatron? WithAttribute(KeyValuePair<string, string> attribute) => Find(_byAttribute, PatronAttributes.Key(attribute));

    private static KnownPatron? Find<TKey>(Dictionary<TKey, KnownPatron> patrons, TKey key)
        where TKey : notnull
        => patrons.TryGetValue(key, out var patron) ? patron : null;
}
