using System.Globalization;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.PatronSync.Plan;

/// <summary>Looks a plan through, whole, before its first write: it may come from a file that somebody edited.</summary>
internal static class PlanCheck
{
    /// <summary>What is wrong with a value that cannot be seen whole.</summary>
    public const string Hidden = "holds a line break, or something else that nobody sees";

    /// <param name="lines">The lines that would be carried out.</param>
    /// <param name="apiRoot">The Koha that they would be carried out in.</param>
    /// <param name="isUndo">Whether it takes back what was done: only then may a value be taken away, or a patron.</param>
    /// <exception cref="KohaPatronException">What is wrong with the first wrong line. Nothing was written.</exception>
    public static void Check(IReadOnlyCollection<PatronLine> lines, string apiRoot, bool isUndo)
    {
        foreach (var line in lines)
        {
            if (!ApiRoot.Same(line.ApiRoot, apiRoot))
                throw new KohaPatronException(CardSyncNotices.PlanOfAnotherKoha(line.ApiRoot, apiRoot));
            if (Fault(line, isUndo) is { } fault)
                throw new KohaPatronException(CardSyncNotices.PlanInvalid(line.UserId, fault));
        }

        if (Repeated(lines.Where(line => line.PatronId is not null), line => line.PatronId!.Value) is { } twice)
            throw new KohaPatronException(CardSyncNotices.PlanInvalid(twice.UserId, $"patron {twice.PatronId} stands in more than one line"));
        if (Repeated(lines.Where(line => !string.IsNullOrEmpty(line.Of(PatronFields.CardNumber)?.Wanted)), line => CollationKey.Of(line.Of(PatronFields.CardNumber)!.Wanted!)) is { } shared)
            throw new KohaPatronException(CardSyncNotices.PlanInvalid(shared.UserId, "another line wants the same card"));
    }

    private static string? Fault(PatronLine line, bool isUndo)
    {
        if (string.IsNullOrWhiteSpace(line.UserId))
            return "the user id is missing";
        if (line.Kind == LineKind.Create && line.UserId.Trim().Length > PatronFields.LongestUserId)
            return "the user id is longer than Koha takes";
        if (line.Kind == LineKind.Create && CellText.NeedsFlattening(line.UserId))
            return $"the user id {Hidden}";
        if (line.Kind == LineKind.Create ? line.PatronId is not null : line.PatronId is not > 0)
            return line.Kind == LineKind.Create ? "the patron is to be made, and has a number" : "the number of the patron is missing";
        if (line.Kind == LineKind.Delete)
            return isUndo ? null : "only undo deletes a patron";
        if (line.Fields.Select(change => change.Field).FirstOrDefault(field => !(line.Kind == LineKind.Create ? PatronFields.MayMake(field) : PatronFields.MayChange(field))) is { } unknown)
            return $"\"{unknown}\" is no field that may be changed";
        if (Repeated(line.Fields, change => change.Field) is { } twice)
            return $"{twice.Field} stands twice";
        if (line.Kind == LineKind.Create && PatronFields.Demanded.FirstOrDefault(field => line.Of(field) is null) is { } lacking)
            return $"the patron is to be made without {PatronFields.InWords(lacking)}, which Koha demands";
        if (!isUndo && line.Of(PatronFields.Statistics2) is { } kept && !FieldChange.Same(kept.Wanted, line.Of(PatronFields.CardNumber)?.Seen))
            return "sort2 would hold something else than the old card";
        return line.Fields.Select(change => Fault(change, isUndo)).FirstOrDefault(fault => fault is not null);
    }

    private static string? Fault(FieldChange change, bool isUndo)
    {
        if (change.Wanted is not { } wanted || string.IsNullOrWhiteSpace(wanted))
            return PatronFields.Demanded.Contains(change.Field) || !isUndo ? $"{PatronFields.InWords(change.Field)} would be empty" : null;
        if (change.Field == PatronFields.CardNumber && TemporaryCard.Is(wanted))
            return "the card would be a temporary number";
        // What was in Koha before may go back as it was, and an old card be kept.
        if (isUndo || change.Field == PatronFields.Statistics2)
            return null;
        var values = AttributeValues.TypeOf(change.Field) is null ? [wanted] : AttributeValues.Split(wanted);
        if (values.Any(value => value.Trim() != value))
            return $"{PatronFields.InWords(change.Field)} begins or ends with a space";
        if (values.Any(value => value.Length == 0))
            return $"{PatronFields.InWords(change.Field)} has an empty value";
        if (values.Any(CellText.NeedsFlattening))
            return $"{PatronFields.InWords(change.Field)} {Hidden}";
        if (!PatronFields.Takes(change.Field, wanted))
            return $"{PatronFields.InWords(change.Field)} is longer than Koha takes";
        if (Repeated(values, value => value) is not null)
            return $"{PatronFields.InWords(change.Field)} has a value twice";
        return change.Field == PatronFields.Expiry && !PatronFields.IsDay(wanted)
            ? "the expiry is no day such as 2026-12-18"
            : null;
    }

    private static TItem? Repeated<TItem, TKey>(IEnumerable<TItem> items, Func<TItem, TKey> key)
        where TItem : class => items.GroupBy(key).Select(group => group.Skip(1).FirstOrDefault()).FirstOrDefault(second => second is not null);
}
