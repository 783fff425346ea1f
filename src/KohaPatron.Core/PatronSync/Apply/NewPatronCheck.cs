using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>
/// Asks Koha, right before patrons are made, whether it has them: under the user id or, whatever zeros stand in front, under
/// the universal ID. Nobody is made twice.
/// </summary>
internal sealed class NewPatronCheck(PatronLookup lookup)
{
    private readonly HashSet<string> _userIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _universalIds = new(StringComparer.Ordinal);

    /// <summary>For each line why no patron is made of it, or null.</summary>
    public async Task<IReadOnlyList<KohaAddResult?>> AgainstAsync(IReadOnlyList<PatronLine> lines, CancellationToken cancel)
    {
        if (lines.Count == 0)
            return [];
        var byUserId = lookup.FindAsync(PatronKey.UserId, [.. lines.Select(line => line.UserId)], cancel);
        var byUniversalId = lookup.FindAsync(PatronKey.UniversalId, [.. lines.Select(UniversalId).OfType<string>().Distinct(StringComparer.Ordinal)], cancel);
        var namesakes = lookup.FetchAsync(PatronKey.UserId, [.. lines.Select(Card).OfType<string>()], cancel);
        var holders = lookup.FetchAsync(PatronKey.CardNumber, [.. lines.Select(line => line.UserId)], cancel);
        var users = await byUserId;
        var known = (await byUniversalId).Where(each => each.Patrons.Count > 0).ToDictionary(each => each.Value, each => each.Patrons[0], StringComparer.Ordinal);
        var userIds = new HashSet<string>((await namesakes).Select(found => CollationKey.Of(found.Value)), StringComparer.Ordinal);
        var cards = new HashSet<string>((await holders).Select(found => CollationKey.Of(found.Value)), StringComparer.Ordinal);
        lock (_userIds)
            return [.. lines.Select((line, i) => Against(line, users[i].Patrons, known, userIds, cards))];
    }

    private KohaAddResult? Against(PatronLine line, IReadOnlyList<Patron> users, Dictionary<string, Patron> known, HashSet<string> userIds, HashSet<string> cards)
    {
        var isRepeated = !_userIds.Add(CollationKey.Of(line.UserId)) | (UniversalId(line) is { } id && !_universalIds.Add(UniversalIds.Key(id)));
        if (users.Count > 0)
            return new KohaAddResult(KohaAddStatus.Exists, line.UserId, users[0].PatronId, "Koha has a patron with this user id");
        if (UniversalId(line) is { } universalId && known.TryGetValue(universalId, out var patron))
            return new KohaAddResult(KohaAddStatus.Renamed, line.UserId, patron.PatronId, $"Koha has this universal ID under the user id {patron.UserId ?? "of a patron whose values are hidden"}");
        return Fault(line, isRepeated, userIds, cards) is { } fault ? new KohaAddResult(KohaAddStatus.Failed, line.UserId, null, fault) : null;
    }

    private static string? Fault(PatronLine line, bool isRepeated, HashSet<string> userIds, HashSet<string> cards)
    {
        if (isRepeated)
            return "the user id or the universal ID stands in an earlier row of the input";
        if (Card(line) is { } card && userIds.Contains(CollationKey.Of(card)))
            return "the card number is another patron's user id";
        return cards.Contains(CollationKey.Of(line.UserId)) ? "the user id is another patron's card number" : null;
    }

    /// <summary>The universal ID that the patron would get, whatever a line says beside it.</summary>
    private string? UniversalId(PatronLine line) => AttributeValues.Split(line.Of(AttributeValues.FieldOf(lookup.UniversalIdAttribute))?.Wanted) is { Count: > 0 } ids ? ids[0] : line.UniversalId;

    private static string? Card(PatronLine line) => line.Of(PatronFields.CardNumber)?.Wanted is { Length: > 0 } card ? card : null;
}
