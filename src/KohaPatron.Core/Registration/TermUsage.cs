namespace KohaPatron.Core.Registration;

/// <summary>How many people have a term, and some of their user names.</summary>
/// <param name="samples">How many user names are kept.</param>
internal class TermUsage(int samples)
{
    private readonly List<string> _users = new(samples);

    public int People { get; private set; }

    public IReadOnlyList<string> Users => _users;

    /// <summary>Counts somebody; null: a person without a user name.</summary>
    public void Add(string? user)
    {
        People++;
        if (user is not null && _users.Count < samples)
            _users.Add(user);
    }
}
