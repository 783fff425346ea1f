using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Registration;

/// <summary>Terms that a table of the settings lacks. A term is one cause, however many people have it.</summary>
internal sealed class UnknownTerms
{
    private const int SampleUsers = 3;

    private readonly Dictionary<string, UnknownTerm> _terms = new(StringComparer.Ordinal);

    private sealed class UnknownTerm(Remark kind, string term) : TermUsage(SampleUsers)
    {
        public Remark Kind { get; } = kind;

        public string Term { get; } = term;
    }

    /// <param name="kind">Which table lacks it.</param>
    /// <param name="term">The term; blank where the person has none.</param>
    /// <param name="user">Who has it.</param>
    public void Add(Remark kind, string term, string user)
    {
        var key = kind + ": " + term;
        if (!_terms.TryGetValue(key, out var known))
            _terms.Add(key, known = new UnknownTerm(kind, term));
        known.Add(user);
    }

    /// <summary>A notice for each term, the most frequent first.</summary>
    public IEnumerable<Notice> Notices() => _terms.Values
        .OrderByDescending(term => term.People)
        .ThenBy(term => term.Term, StringComparer.Ordinal)
        .Select(term => RegistrationNotices.UnknownTerm(term.Kind, term.Term, term.People, term.Users));
}
