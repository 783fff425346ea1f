using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.PatronSync;

/// <summary>A line of a plan, as far as it is about a card.</summary>
internal interface ICardLine
{
    /// <summary>Koha's number of the patron; null while there is none.</summary>
    int? PatronId { get; }

    string? UserId { get; }

    /// <summary>The card that Koha has.</summary>
    string? CardNow { get; }

    /// <summary>The card that the input gives; null: none, and the patron's stays.</summary>
    string? CardThen { get; }

    /// <summary>Whether the line would write the card.</summary>
    bool WritesCard { get; }

    /// <summary>Whether the line's card counts: it is to be written, or is there already.</summary>
    bool HasCard { get; }

    /// <summary>Leaves the patron alone.</summary>
    void Refuse(string why);
}

/// <summary>
/// Who may have which card depends on all the others: a card is free only when its holder gives it up in the same plan. The
/// rules are the same for cards alone and for whole records.
/// </summary>
internal static class CardRules
{
    /// <param name="plan">All lines.</param>
    /// <param name="holders">The patrons who hold the cards that are wanted, people of the plan or not.</param>
    /// <param name="namesakes">The patrons whose user id is a card that is wanted.</param>
    /// <param name="shared">How it is said that the input gives a card to several.</param>
    public static void Refuse(IReadOnlyList<ICardLine> plan, IEnumerable<Patron> holders, IEnumerable<Patron> namesakes, string shared)
    {
        RefuseShared(plan, shared);
        RefuseUserIds(plan, namesakes);
        RefuseHeld(plan, holders);
    }

    /// <summary>One card for several people: nobody gets it.</summary>
    private static void RefuseShared(IReadOnlyList<ICardLine> plan, string shared)
    {
        var groups = plan.Where(line => line.HasCard).GroupBy(line => CollationKey.Of(line.CardThen!))
            .Where(group => group.Select(line => (line.PatronId, line.PatronId is null ? line.UserId : null)).Distinct().Skip(1).Any());
        foreach (var group in groups.ToList())
        {
            foreach (var line in group.Where(line => line.WritesCard).ToList())
                line.Refuse($"{shared}: {string.Join(", ", group.Where(other => other != line).Select(other => other.UserId))}");
        }
    }

    /// <summary>Koha logs in by user id and by card: one person's card must not be another's user id.</summary>
    private static void RefuseUserIds(IReadOnlyList<ICardLine> plan, IEnumerable<Patron> namesakes)
    {
        var owners = namesakes.Where(patron => patron.UserId is not null).ToLookup(patron => CollationKey.Of(patron.UserId!), patron => patron.PatronId, StringComparer.Ordinal);
        var newUsers = plan.Where(line => line is { PatronId: null, WritesCard: true, UserId: not null }).ToLookup(line => CollationKey.Of(line.UserId!), StringComparer.Ordinal);
        foreach (var line in plan.Where(line => line.WritesCard).ToList())
        {
            var card = CollationKey.Of(line.CardThen!);
            if (owners[card].FirstOrDefault(owner => owner != line.PatronId) is var owner and not 0)
                line.Refuse($"the new card is the user id of patron {owner}");
            else if (newUsers[card].FirstOrDefault(other => other != line) is { } other)
                line.Refuse($"the new card is the user id of {other.UserId}");
        }
    }

    /// <summary>
    /// A card that somebody holds who keeps it. Whoever is refused keeps a card too, which another may have wanted: so it
    /// goes round until nobody more is refused.
    /// </summary>
    private static void RefuseHeld(IReadOnlyList<ICardLine> plan, IEnumerable<Patron> holders)
    {
        var holderOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var holder in holders.Where(holder => holder.CardNumber is not null))
            holderOf[CollationKey.Of(holder.CardNumber!)] = holder.PatronId;
        foreach (var line in plan.Where(line => line is { CardNow: not null, PatronId: not null }))
            holderOf[CollationKey.Of(line.CardNow!)] = line.PatronId!.Value;
        for (var again = true; again;)
        {
            var givingUp = new HashSet<int>(plan.Where(GivesUp).Select(line => line.PatronId!.Value));
            again = false;
            foreach (var line in plan.Where(line => line.WritesCard).ToList())
            {
                if (!holderOf.TryGetValue(CollationKey.Of(line.CardThen!), out var holder) || holder == line.PatronId || givingUp.Contains(holder))
                    continue;
                line.Refuse($"the new card belongs to patron {holder}, who keeps it");
                again = true;
            }
        }
    }

    private static bool GivesUp(ICardLine line) =>
        line is { WritesCard: true, CardNow: not null } && CollationKey.Of(line.CardNow) != CollationKey.Of(line.CardThen!);
}
