using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Registration;

/// <summary>Terms that a table of the settings lacks. A term is one cause, however many people have it.</summary>
internal sealed class UnknownTerms
{
    private const int SampleUsers = 3;

    private readonly Dictionary<(Remark Kind, string Term), Usage> _usage = [];

    private sealed class Usage
    {
        public int People { get; set; }

        public List<string> Users { get; } = new(SampleUsers);
    }

    /// <param name="kind">Which table lacks it.</param>
    /// <param name="term">The term; blank where the person has none.</param>
    /// <param name="user">Who has it.</param>
    public void Add(Remark kind, string term, string user)
    {
        if (!_usage.TryGetValue((kind, term), out var usage))
            _usage.Add((kind, term), usage = new Usage());
        usage.People++;
        if (usage.Users.Count < SampleUsers)
            usage.Users.Add(user);
    }

    /// <summary>A notice for each term, the most frequent first.</summary>
    public IEnumerable<Notice> Notices() => _usage
        .OrderByDescending(entry => entry.Value.People)
        .ThenBy(entry => entry.Key.Term, StringComparer.Ordinal)
        .Select(entry => RegistrationNotices.UnknownTerm(entry.Key.Kind, entry.Key.Term, entry.Value.People, entry.Value.Users));
}
