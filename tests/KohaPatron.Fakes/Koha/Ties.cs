namespace KohaPatron.Fakes.Koha;

/// <summary>What hangs on patrons outside their records, by patron id.</summary>
public sealed class Ties
{
    /// <summary>Who has something checked out.</summary>
    public HashSet<int> Checkouts { get; } = [];

    /// <summary>Who has a hold.</summary>
    public HashSet<int> Holds { get; } = [];

    /// <summary>What somebody owes; a credit is below zero.</summary>
    public Dictionary<int, decimal> Debts { get; } = [];

    /// <summary>Who stands in for somebody else.</summary>
    public HashSet<int> Guarantors { get; } = [];
}
