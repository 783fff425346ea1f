namespace KohaPatron.Core.PatronSync;

/// <summary>What a person's card number in Koha needs.</summary>
public enum ProxChangeStatus
{
    /// <summary>Koha has the number of the report.</summary>
    Unchanged,

    /// <summary>Koha has another number, or with names another name.</summary>
    Change,

    /// <summary>The report has no card for the person: the patron is left alone.</summary>
    NoProxNumber,

    /// <summary>Koha has no patron with the user name or the universal ID.</summary>
    Missing,

    /// <summary>Koha has the person under another user id, found by the universal ID: the patron is left alone.</summary>
    Renamed,

    /// <summary>More than one patron, or somebody else's: nothing is guessed.</summary>
    Ambiguous,

    /// <summary>The settings say to leave this person alone.</summary>
    Excepted,

    /// <summary>The card belongs to a patron who keeps it.</summary>
    Conflict,
}

/// <summary>
/// What is to happen to one person's card number: a line of the plan. It can be saved (Export-Clixml, ConvertTo-Json) and
/// comes back as the same plan.
/// </summary>
public sealed class ProxChange : ICardLine
{
    /// <summary>The address of the Koha that the plan was made for; it is carried out in no other.</summary>
    public string? ApiRoot { get; set; }

    /// <summary>What is to happen.</summary>
    public ProxChangeStatus Status { get; set; }

    /// <summary>The user name in the export.</summary>
    public string? UserId { get; set; }

    /// <summary>The universal ID in the export.</summary>
    public string? UniversalId { get; set; }

    /// <summary>Koha's number of the patron; null where there is none.</summary>
    public int? PatronId { get; set; }

    /// <summary>The patron's name as Koha has it.</summary>
    public string? NameInKoha { get; set; }

    /// <summary>The card number that Koha had when it was read.</summary>
    public string? CardNow { get; set; }

    /// <summary>The card number of the report.</summary>
    public string? CardThen { get; set; }

    /// <summary>What Koha had in statistics_2, where the old card number is kept.</summary>
    public string? Statistics2Now { get; set; }

    /// <summary>The given name that Koha had when it was read.</summary>
    public string? FirstNameNow { get; set; }

    /// <summary>The given name to bring up to date; null: it stays.</summary>
    public string? FirstNameThen { get; set; }

    /// <summary>The preferred name to bring up to date, where it was the given name until now; null: it stays.</summary>
    public string? PreferredNameThen { get; set; }

    /// <summary>The family name that Koha had when it was read.</summary>
    public string? SurnameNow { get; set; }

    /// <summary>The family name to bring up to date; null: it stays.</summary>
    public string? SurnameThen { get; set; }

    /// <summary>The reason, or what to look at.</summary>
    public string? Why { get; set; }

    /// <summary>The person of the export; not part of a saved plan.</summary>
    internal ProxPerson? Person { get; set; }

    bool ICardLine.WritesCard => Status == ProxChangeStatus.Change;

    bool ICardLine.HasCard => Status is ProxChangeStatus.Change or ProxChangeStatus.Unchanged;

    void ICardLine.Refuse(string why) => (Status, Why) = (ProxChangeStatus.Conflict, why);
}
