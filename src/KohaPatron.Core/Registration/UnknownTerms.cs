using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Registration;

/// <summary>Terms that a table of the settings lacks. A term is one cause, however many people have it.</summary>
internal sealed class UnknownTerms
{
    private const int SampleUsers = 3;

    private readonly Dictionary<string, Usage> _usage = new(StringComparer.Ordinal);

    private sealed class Usage(Remark kind, string term)
    {
        public Remark Kind { get; } = kind;

        public string Term { get; } = term;

        public int People { get; set; }

        public List<string> Users { get; } = new(SampleUsers);
    }

    /// <param name="kind">Which table lacks it.</param>
    /// <param name="term">The term; blank where the person has none.</param>
    /// <param name="user">Who has it.</param>
    public void Add(Remark kind, string term, string user)
    {
        var key = kind + ": " + term;
        if (!_usage.TryGetValue(key, out var usage))
            _usage.Add(key, usage = new Usage(kind, term));
        usage.People++;
        if (usage.Users.Count < SampleUsers)
            usage.Users.Add(user);
    }

    /// <summary>A notice for each term, the most frequent first.</summary>
    public IEnumerable<Notice> Notices() => _usage.Values
        .OrderByDescending(usage => usage.People)
        .ThenBy(usage => usage.Term, StringComparer.Ordinal)
        .Select(usage => RegistrationNotices.UnknownTerm(usage.Kind, usage.Term, usage.People, usage.Users));
}
