using KohaPatron.Core.Registration;

namespace KohaPatron.Core.Preflight;

/// <summary>
/// Which patron Koha takes a row for, and what it collides with: the patrons of earlier rows, and where Koha was asked
/// those that it has. Of an earlier row only its keys are kept.
/// </summary>
internal sealed class PatronMatcher(PreflightTerms terms)
{
    private readonly Dictionary<string, Holder> _userIds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Holder> _cards = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, string Value), Holder> _attributes = [];
    private readonly Dictionary<long, Holder> _overwritten = [];

    /// <summary>Somebody who has keys: a patron in Koha, or the row that made or overwrote one.</summary>
    private sealed record Holder(int Line, string UserId, KnownPatron? Known);

    /// <summary>Told of in the order in which Koha looks: whom the row matches, its card, its userid, its attributes.</summary>
    public void Check(PatronCsvRow row, PatronAttributeList attributes, PatronCsvHeader header, KnownPatrons? known, PreflightProblems problems)
    {
        var keys = new PatronKeys(row["userid"], row["cardnumber"], attributes.All);
        var match = Match(keys, known);
        CheckCard(keys, match, known, problems);
        if (terms.MatchPoint != PreflightTerms.ByUserId)
            CheckUserId(keys, match, known, problems);
        if (problems.Refused)
            return;
        if (match is null)
            CheckBlankUserId(keys, header, known, problems);
        else if (!terms.Overwrite)
            TellSkipped(match, problems);
        else
            TellOverwritten(row, attributes, header, keys, match, problems);
        if (match is not null && !terms.Overwrite)
            return;
        CheckAttributes(attributes, match, known, problems);
        if (!problems.Refused)
            Remember(row.Line, keys, match);
    }

    private string MatchColumn => terms.MatchPoint is PreflightTerms.ByUserId or PreflightTerms.ByCardNumber ? terms.MatchPoint : "patron_attributes";

    private PatronCsvRule MatchRule => terms.MatchPoint switch
    {
        PreflightTerms.ByUserId => PatronCsvRule.DuplicateUserId,
        PreflightTerms.ByCardNumber => PatronCsvRule.DuplicateCard,
        _ => PatronCsvRule.DuplicateAttribute,
    };

    private Holder? Match(PatronKeys keys, KnownPatrons? known)
    {
        switch (terms.MatchPoint)
        {
            case PreflightTerms.ByUserId:
                return WithUserId(keys.UserId, known);
            case PreflightTerms.ByCardNumber:
                return WithCard(keys.CardNumber, known);
            default:
                var attribute = keys.Attributes.FirstOrDefault(each => each.Key == terms.MatchPoint && each.Value.Length > 0);
                return attribute.Key is null ? null : WithAttribute(attribute, known);
        }
    }

    private Holder? WithUserId(string userId, KnownPatrons? known) => userId.Length == 0 ? null
        : _userIds.TryGetValue(CollationKey.Of(userId), out var row) ? row
        : InKoha(known?.WithUserId(userId));

    private Holder? WithCard(string card, KnownPatrons? known) => card.Length == 0 ? null
        : _cards.TryGetValue(CollationKey.Of(card), out var row) ? row
        : InKoha(known?.WithCard(card));

    private Holder? WithAttribute(KeyValuePair<string, string> attribute, KnownPatrons? known) =>
        _attributes.TryGetValue(PatronAttributeList.Key(attribute), out var row) ? row : InKoha(known?.WithAttribute(attribute));

    private Holder? InKoha(KnownPatron? patron) => patron is null ? null
        : _overwritten.TryGetValue(patron.PatronId, out var row) ? row
        : new Holder(0, patron.UserId ?? string.Empty, patron);

    /// <summary>Whether two are one patron: the same row made them, or they are the same patron in Koha.</summary>
    private static bool AreOne(Holder one, Holder? other) => other is not null
        && (one.Known is { } known && other.Known is { } otherKnown ? known.PatronId == otherKnown.PatronId : one.Line == other.Line && one.Known is null == other.Known is null);

    private void CheckCard(PatronKeys keys, Holder? match, KnownPatrons? known, PreflightProblems problems)
    {
        if (WithCard(keys.CardNumber, known) is not { } holder || AreOne(holder, match))
            return;
        if (holder.Line > 0)
            problems.DuplicateCard(holder.Line, holder.UserId);
        else
            problems.CardTaken(holder.Known!.PatronId);
    }

    private void CheckUserId(PatronKeys keys, Holder? match, KnownPatrons? known, PreflightProblems problems)
    {
        if (WithUserId(keys.UserId, known) is not { } holder || AreOne(holder, match))
            return;
        if (holder.Line > 0)
            problems.DuplicateUserId(holder.Line);
        else
            problems.UserIdTaken(holder.Known!.PatronId);
    }

    private void CheckAttributes(PatronAttributeList attributes, Holder? match, KnownPatrons? known, PreflightProblems problems)
    {
        foreach (var attribute in attributes.All.Where(attribute => IsUnique(attribute.Key)))
        {
            if (WithAttribute(attribute, known) is not { } holder || AreOne(holder, match))
                continue;
            if (holder.Line > 0)
                problems.DuplicateAttribute(attribute.Key, holder.Line);
            else
                problems.AttributeTaken(attribute.Key, holder.Known!.PatronId);
        }
    }

    /// <summary>Koha makes user ids for new patrons only; who is new is not known where rows are matched on something else and Koha was not asked.</summary>
    private void CheckBlankUserId(PatronKeys keys, PatronCsvHeader header, KnownPatrons? known, PreflightProblems problems)
    {
        var mayExist = terms.Overwrite && known is null && terms.MatchPoint != PreflightTerms.ByUserId && !header.Has("userid");
        if (keys.UserId.Length == 0 && !mayExist)
            problems.BlankUserId();
    }

    private void TellSkipped(Holder match, PreflightProblems problems)
    {
        if (match.Line > 0)
            problems.SkippedAsRepeat(MatchColumn, MatchRule, match.Line);
        else
            problems.AlreadyInKoha(MatchColumn, match.Known!.PatronId);
    }

    private void TellOverwritten(PatronCsvRow row, PatronAttributeList attributes, PatronCsvHeader header, PatronKeys keys, Holder match, PreflightProblems problems)
    {
        if (match.Line > 0)
            problems.OverwritesRepeat(MatchColumn, MatchRule, match.Line);
        if (match.Known is not { } patron || match.Line > 0)
            return;
        if (keys.UserId.Length > 0 && patron.UserId is { Length: > 0 } userId && keys.UserId.Trim() != userId && CollationKey.Of(keys.UserId) == CollationKey.Of(userId))
            problems.LooseMatch("userid", patron.PatronId);
        foreach (var column in header.Columns.Where(column => row[column].Length == 0 && Has(patron, column)))
            problems.BlankOverwrites(column, patron.PatronId);
        if (attributes.All.Count > 0 && patron.Attributes is { Count: > 0 } had)
            TellAttributes(attributes, had, patron.PatronId, problems);
    }

    private void TellAttributes(PatronAttributeList attributes, IReadOnlyList<KeyValuePair<string, string>> had, long patron, PreflightProblems problems)
    {
        if (terms.Preserve)
        {
            foreach (var attribute in attributes.All.Where(attribute => IsRepeatable(attribute.Key) && had.Contains(attribute)))
                problems.AttributeRepeated(attribute.Key, patron);
            return;
        }

        var named = new HashSet<string>(attributes.All.Select(attribute => CollationKey.Of(attribute.Key)), StringComparer.Ordinal);
        var lost = had.Select(attribute => attribute.Key).Where(type => !named.Contains(CollationKey.Of(type))).Distinct(StringComparer.Ordinal).ToList();
        if (lost.Count > 0)
            problems.AttributesReplaced(lost, patron);
    }

    private void Remember(int line, PatronKeys keys, Holder? match)
    {
        var holder = new Holder(line, keys.UserId.Trim(), match?.Known);
        if (match?.Known is { } patron)
            _overwritten[patron.PatronId] = holder;
        if (keys.UserId.Length > 0)
            _userIds[CollationKey.Of(keys.UserId)] = holder;
        if (keys.CardNumber.Length > 0)
            _cards[CollationKey.Of(keys.CardNumber)] = holder;
        foreach (var attribute in keys.Attributes.Where(attribute => IsUnique(attribute.Key) || attribute.Key == terms.MatchPoint))
            _attributes[PatronAttributeList.Key(attribute)] = holder;
    }

    private bool IsUnique(string type) => terms.UniqueTypes?.Contains(type, StringComparer.OrdinalIgnoreCase) == true;

    private bool IsRepeatable(string type) => terms.RepeatableTypes?.Contains(type, StringComparer.OrdinalIgnoreCase) != false;

    private static bool Has(KnownPatron patron, string column) => column switch
    {
        "userid" => !string.IsNullOrEmpty(patron.UserId),
        "cardnumber" => !string.IsNullOrEmpty(patron.CardNumber),
        "patron_attributes" => false,
        _ => patron.Values is { } values && values.TryGetValue(column, out var value) && value.Length > 0,
    };
}
