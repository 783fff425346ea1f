using KohaPatron.Core.Koha;
using KohaPatron.Core.Preflight.ImportFile;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Preflight.Matching;

/// <summary>
/// Which patron Koha takes a row for, and what it collides with: the patrons of earlier rows, and where Koha was asked
/// those that it has. Of an earlier row only its keys are kept.
/// </summary>
internal sealed class PatronMatcher(PreflightOptions options, PatronCsvHeader header)
{
    private readonly Dictionary<string, Holder> _userIds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Holder> _madeUpUserIds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Holder> _cards = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, string Value), Holder> _attributes = [];
    private readonly Dictionary<long, Holder> _overwritten = [];
    private readonly HashSet<string> _unseen = new(StringComparer.Ordinal);

    /// <summary>Somebody who has keys: a patron in Koha, or the row that made or overwrote one.</summary>
    private sealed record Holder(int Line, string UserId, KnownPatron? Known, bool ReplacesAttributes = false)
    {
        /// <summary>Whether the row had no userid, so that Koha makes one up.</summary>
        public bool HasMadeUpUserId => Line > 0 && UserId.Length == 0;
    }

    /// <summary>Told of in the order in which Koha looks: whom the row matches, its card, its userid, its attributes.</summary>
    public void Check(PatronCsvRow row, PatronAttributes attributes, KnownPatrons? known, PreflightProblems problems)
    {
        var keys = new PatronKeys(row["userid"], row["cardnumber"], attributes.All);
        var match = Match(keys, known);
        CheckCard(keys, match, known, problems);
        CheckUserId(keys, match, known, problems);
        if (match is null && row.ByPosition is not null && row["patron_attributes"].Length == 0)
            problems.BlankAttributesByPosition(row.Fields.Count);
        if (problems.Refused)
            return;
        if (match is null)
            CheckBlankUserId(keys, known, problems);
        else if (!options.Overwrite)
            TellSkipped(match, problems);
        else
            TellOverwritten(row, attributes, keys, match, problems);
        if (match is not null && !options.Overwrite)
            return;
        CheckAttributes(attributes, match, known, problems);
        if (!problems.Refused)
            Remember(row, keys, match, known);
    }

    private string MatchColumn => options.MatchPoint is PreflightOptions.ByUserId or PreflightOptions.ByCardNumber ? options.MatchPoint : "patron_attributes";

    private PatronCsvRule MatchRule => options.MatchPoint switch
    {
        PreflightOptions.ByUserId => PatronCsvRule.DuplicateUserId,
        PreflightOptions.ByCardNumber => PatronCsvRule.DuplicateCard,
        _ => PatronCsvRule.DuplicateAttribute,
    };

    private Holder? Match(PatronKeys keys, KnownPatrons? known)
    {
        switch (options.MatchPoint)
        {
            case PreflightOptions.ByUserId:
                return WithUserId(keys.UserId, known);
            case PreflightOptions.ByCardNumber:
                return WithCard(keys.CardNumber, known);
            default:
                var attribute = keys.Attributes.FirstOrDefault(each => each.Key == options.MatchPoint && each.Value.Length > 0);
                return attribute.Key is null ? null : WithAttribute(attribute, known);
        }
    }

    private Holder? WithUserId(string userId, KnownPatrons? known)
    {
        if (userId.Length == 0)
            return null;
        var key = CollationKey.Of(userId);
        if (_userIds.TryGetValue(key, out var row))
            return row;
        // Koha makes up another user id where this one is taken.
        return InKoha(known?.WithUserId(userId), _ => header.Has("userid")) ?? (_madeUpUserIds.TryGetValue(key, out row) ? row : null);
    }

    private Holder? WithCard(string card, KnownPatrons? known) => card.Length == 0 ? null
        : _cards.TryGetValue(CollationKey.Of(card), out var row) ? row
        : InKoha(known?.WithCard(card), _ => header.Has("cardnumber"));

    private Holder? WithAttribute(KeyValuePair<string, string> attribute, KnownPatrons? known) =>
        _attributes.TryGetValue(PatronAttributes.Key(attribute), out var row) ? row : InKoha(known?.WithAttribute(attribute), by => by.ReplacesAttributes);

    /// <summary>A patron in Koha, unless a row has overwritten the key by which it was found.</summary>
    private Holder? InKoha(KnownPatron? patron, Func<Holder, bool> isRewritten)
    {
        if (patron is null)
            return null;
        if (!_overwritten.TryGetValue(patron.PatronId, out var row))
            return new Holder(0, patron.UserId ?? string.Empty, patron);
        return isRewritten(row) ? null : row;
    }

    /// <summary>Whether two are one patron: the same row made them, or they are the same patron in Koha.</summary>
    private static bool AreOne(Holder one, Holder? other) => other is not null
        && (one.Known is { } known && other.Known is { } otherKnown ? known.PatronId == otherKnown.PatronId : one.Line == other.Line && one.Known is null == other.Known is null);

    /// <summary>Koha looks for a patron by the value as it is written, and stores it without the spaces around it.</summary>
    private void CheckCard(PatronKeys keys, Holder? match, KnownPatrons? known, PreflightProblems problems)
    {
        if (WithCard(keys.CardNumber.Trim(), known) is not { } holder || AreOne(holder, match))
            return;
        if (holder.Line > 0)
            problems.DuplicateCard(holder.Line, holder.UserId);
        else
            problems.CardTaken(holder.Known!.PatronId);
    }

    private void CheckUserId(PatronKeys keys, Holder? match, KnownPatrons? known, PreflightProblems problems)
    {
        if (WithUserId(keys.UserId.Trim(), known) is not { } holder || AreOne(holder, match))
            return;
        if (holder.Line > 0)
            problems.DuplicateUserId(holder.Line, holder.HasMadeUpUserId);
        else
            problems.UserIdTaken(holder.Known!.PatronId);
    }

    private void CheckAttributes(PatronAttributes attributes, Holder? match, KnownPatrons? known, PreflightProblems problems)
    {
        // Told at the first row that has it: the cure is one for all of them.
        foreach (var type in attributes.All.Select(attribute => attribute.Key).Where(type => known?.UnseenTypes.Contains(type, StringComparer.Ordinal) == true && _unseen.Add(type)))
            problems.UnseenAttributeType(type);
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
    private void CheckBlankUserId(PatronKeys keys, KnownPatrons? known, PreflightProblems problems)
    {
        var mayExist = options.Overwrite && known is null && options.MatchPoint != PreflightOptions.ByUserId && !header.Has("userid");
        if (keys.UserId.Length == 0 && !mayExist)
            problems.BlankUserId();
    }

    private void TellSkipped(Holder match, PreflightProblems problems)
    {
        if (match.Line > 0)
            problems.SkippedAsRepeat(MatchColumn, MatchRule, match.Line, IsMadeUp(match));
        else
            problems.AlreadyInKoha(MatchColumn, match.Known!.PatronId);
    }

    private bool IsMadeUp(Holder match) => options.MatchPoint == PreflightOptions.ByUserId && match.HasMadeUpUserId;

    private void TellOverwritten(PatronCsvRow row, PatronAttributes attributes, PatronKeys keys, Holder match, PreflightProblems problems)
    {
        if (match.Line > 0)
            problems.OverwritesRepeat(MatchColumn, MatchRule, match.Line, IsMadeUp(match));
        if (match.Known is not { } patron || match.Line > 0)
            return;
        if (AreLoose(keys.UserId, patron.UserId))
            problems.LooseMatch("userid", patron.PatronId);
        if (options.MatchPoint == PreflightOptions.ByCardNumber && AreLoose(keys.CardNumber, patron.CardNumber))
            problems.LooseMatch("cardnumber", patron.PatronId);
        foreach (var column in header.Columns.Where(column => row[column].Length == 0 && Has(patron, column)))
            problems.BlankOverwrites(column, patron.PatronId);
        if (attributes.All.Count > 0 && patron.Attributes is { Count: > 0 } had)
            TellAttributes(attributes, had, patron.PatronId, problems);
    }

    /// <summary>Whether only the database takes the two for one.</summary>
    private static bool AreLoose(string written, string? stored) =>
        stored is not null && written.Trim() != stored && CollationKey.Of(written) == CollationKey.Of(stored);

    private void TellAttributes(PatronAttributes attributes, IReadOnlyList<KeyValuePair<string, string>> had, long patron, PreflightProblems problems)
    {
        if (options.Preserve)
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

    private void Remember(PatronCsvRow row, PatronKeys keys, Holder? match, KnownPatrons? known)
    {
        var holder = new Holder(row.Line, keys.UserId.Trim(), match?.Known, keys.Attributes.Count > 0 && !options.Preserve);
        if (match?.Known is { } patron)
            _overwritten[patron.PatronId] = holder;
        if (keys.UserId.Length > 0)
            _userIds[CollationKey.Of(holder.UserId)] = holder;
        else if (match is null)
            _madeUpUserIds[CollationKey.Of(MadeUpUserId.All(row["firstname"], row["surname"]).First(userId => WithUserId(userId, known) is null))] = holder;
        if (keys.CardNumber.Length > 0)
            _cards[CollationKey.Of(keys.CardNumber.Trim())] = holder;
        foreach (var attribute in keys.Attributes.Where(attribute => IsUnique(attribute.Key) || attribute.Key == options.MatchPoint))
            _attributes[PatronAttributes.Key(attribute)] = holder;
    }

    private bool IsUnique(string type) => options.UniqueTypes?.Contains(type, StringComparer.OrdinalIgnoreCase) == true;

    private bool IsRepeatable(string type) => options.RepeatableTypes?.Contains(type, StringComparer.OrdinalIgnoreCase) != false;

    private static bool Has(KnownPatron patron, string column) => column switch
    {
        "userid" => !string.IsNullOrEmpty(patron.UserId),
        "cardnumber" => !string.IsNullOrEmpty(patron.CardNumber),
        "patron_attributes" => false,
        _ => patron.Values is { } values && values.TryGetValue(column, out var value) && value.Length > 0,
    };
}
