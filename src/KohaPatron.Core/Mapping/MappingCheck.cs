using KohaPatron.Core.Registration;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Text;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Mapping;

/// <summary>Counts the terms of people, and compares them with the tables of the settings and with the last check.</summary>
internal sealed class MappingCheck(KohaPatronSettings settings)
{
    private const int SampleUsers = 5;

    private readonly Dictionary<MappingTerm, TermUsage> _usage = [];
    private readonly HashSet<MappingTerm> _alsoInUse = [];
    private readonly Dictionary<string, WorkdayExport> _exports = new(StringComparer.Ordinal);

    /// <summary>The exports that broke off: they are no evidence that a term is gone.</summary>
    public IReadOnlyList<string> BrokenExports => [.. _exports.Values.Where(export => export.IsBroken).Select(export => export.ShortName)];

    /// <summary>Whether anybody came at all: of nobody nothing can be told.</summary>
    public bool HasPeople { get; private set; }

    /// <summary>The terms for the next check: those that there are and, of a kind that nobody has, those of the last check.</summary>
    public IReadOnlyCollection<MappingTerm> TermsAfter(IReadOnlyCollection<MappingTerm>? baseline)
    {
        var seen = KindsSeen();
        return [.. _usage.Keys, .. (baseline ?? []).Where(term => !seen.Contains(term.Kind))];
    }

    public void Add(WorkdayPerson person)
    {
        HasPeople = true;
        if (person.Export is { } export)
            _exports[export.Name] = export;
        foreach (var term in MappingTerms.Of(person, settings))
        {
            if (!_usage.TryGetValue(term, out var usage))
                _usage.Add(term, usage = new TermUsage(SampleUsers));
            usage.Add(CellText.OrNull(person.UserName));
        }

        foreach (var term in MappingTerms.AlsoInUse(person))
            _alsoInUse.Add(term);
    }

    /// <summary>What the tables lack and, where there was a check before, what is new; then what is gone.</summary>
    /// <param name="baseline">The terms of the last check, or null.</param>
    public IReadOnlyList<MappingGap> Gaps(IReadOnlyCollection<MappingTerm>? baseline)
    {
        var before = baseline is null ? null : new HashSet<MappingTerm>(baseline);
        var gaps = _usage
            .Select(entry => Gap(entry.Key, entry.Value, isNew: before?.Contains(entry.Key) == false))
            .Where(gap => !gap.IsMapped || gap.Change == MappingChange.New);
        var seen = KindsSeen();
        var gone = BrokenExports.Count > 0 ? [] : before?.Where(term => seen.Contains(term.Kind) && !_usage.ContainsKey(term)).Select(term => Without(term, MappingChange.Gone)) ?? [];
        return [.. SettingsLines.WithComments(InOrder(gaps)), .. InOrder(gone)];
    }

    /// <summary>Lines of the tables that no export needs.</summary>
    public IReadOnlyList<MappingGap> Dead() => BrokenExports.Count > 0 ? [] :
    [
        .. InOrder(KindsSeen()
            .SelectMany(kind => MappingTerms.Table(kind, settings).Keys.Select(term => new MappingTerm(kind, term)))
            .Where(term => !_usage.ContainsKey(term) && !_alsoInUse.Contains(term))
            .Select(term => Without(term, MappingChange.Dead))),
    ];

    /// <summary>Lines of a table whose code is not among those that Koha has.</summary>
    /// <param name="kind">The table.</param>
    /// <param name="codes">The codes of Koha's authorised values, or of its patron categories.</param>
    public IReadOnlyList<MappingGap> NotInKoha(MappingKind kind, IReadOnlyCollection<string> codes)
    {
        var known = new HashSet<string>(codes, StringComparer.Ordinal);
        return [.. InOrder(MappingTerms.Table(kind, settings)
            .Where(line => line.Value is { } code && !known.Contains(code))
            .Select(line => Without(new MappingTerm(kind, line.Key), MappingChange.CodeNotInKoha)))];
    }

    /// <summary>The kinds that anybody has a term of. Where nobody has one, an export is missing or blank: no evidence of what is gone or dead.</summary>
    private HashSet<MappingKind> KindsSeen() => [.. _usage.Keys.Select(term => term.Kind)];

    private static IEnumerable<MappingGap> InOrder(IEnumerable<MappingGap> gaps) =>
        gaps.OrderBy(gap => gap.Kind).ThenBy(gap => gap.IsMapped).ThenByDescending(gap => gap.People).ThenBy(gap => gap.Term, StringComparer.Ordinal);

    private MappingGap Gap(MappingTerm term, TermUsage usage, bool isNew)
    {
        var table = MappingTerms.Table(term.Kind, settings);
        var change = isNew ? MappingChange.New : MappingChange.Unmapped;
        if (table.TryGetValue(term.Term, out var code))
            return new MappingGap(term.Kind, term.Term, change, IsMapped: true, code, usage.People, usage.Users, [], null);
        var nearest = NearestTerm.Of(term.Term, table.Keys);
        return new MappingGap(term.Kind, term.Term, change, IsMapped: false, null, usage.People, usage.Users, nearest, SettingsLines.Of(term.Term, nearest, table));
    }

    private MappingGap Without(MappingTerm term, MappingChange change)
    {
        var isMapped = MappingTerms.Table(term.Kind, settings).TryGetValue(term.Term, out var code);
        var usage = _usage.TryGetValue(term, out var found) ? found : new TermUsage(SampleUsers);
        return new MappingGap(term.Kind, term.Term, change, isMapped, code, usage.People, usage.Users, [], null);
    }
}
