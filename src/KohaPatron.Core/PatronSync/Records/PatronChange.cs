namespace KohaPatron.Core.PatronSync.Records;

/// <summary>What a patron's record in Koha needs.</summary>
public enum PatronChangeStatus
{
    /// <summary>Koha has nobody with the user id or the universal ID: the patron is to be made.</summary>
    New,

    /// <summary>Koha has other values.</summary>
    Change,

    /// <summary>Koha has all of it.</summary>
    Unchanged,

    /// <summary>Koha has the person under another user id, found by the universal ID: the patron is left alone.</summary>
    Renamed,

    /// <summary>More than one patron, or somebody else's: nothing is guessed.</summary>
    Ambiguous,

    /// <summary>The card belongs to somebody who keeps it, or the row is nothing that Koha would take as it is.</summary>
    Conflict,

    /// <summary>The settings say to leave the patron alone, or its category is none of theirs.</summary>
    Excepted,

    /// <summary>Koha has the patron, and no export has the person.</summary>
    Leaver,
}

/// <summary>
/// What is to happen to one patron: a line of the plan. Field, Now and Then belong together, place by place. It can be saved
/// (Export-Clixml, ConvertTo-Json) and comes back as the same plan.
/// </summary>
public sealed class PatronChange : ICardLine
{
    /// <summary>The address of the Koha that the plan was made for; it is carried out in no other.</summary>
    public string? ApiRoot { get; set; }

    /// <summary>What is to happen.</summary>
    public PatronChangeStatus Status { get; set; }

    /// <summary>The user id.</summary>
    public string? UserId { get; set; }

    /// <summary>The universal ID of the row; of a leaver that of Koha.</summary>
    public string? UniversalId { get; set; }

    /// <summary>Koha's number of the patron; null where there is none.</summary>
    public int? PatronId { get; set; }

    /// <summary>The fields that are touched: Koha's columns, and attributes by their type.</summary>
    public string[] Field { get; set; } = [];

    /// <summary>The values that Koha had when it was read; several of one attribute with a line break between.</summary>
    public string?[] Now { get; set; } = [];

    /// <summary>The values that Koha is to have.</summary>
    public string?[] Then { get; set; } = [];

    /// <summary>The reason, or what to look at.</summary>
    public string? Why { get; set; }

    /// <summary>Among how many patrons a leaver was found; 0 for others.</summary>
    public int Among { get; set; }

    /// <summary>The card that Koha had; not part of a saved plan.</summary>
    internal string? CardNow { get; set; }

    /// <summary>The card that the row gives; null: the patron's stays. Not part of a saved plan.</summary>
    internal string? CardThen { get; set; }

    string? ICardLine.CardNow => CardNow;

    string? ICardLine.CardThen => CardThen;

    bool ICardLine.WritesCard => Status is PatronChangeStatus.New or PatronChangeStatus.Change && CardThen is not null && Array.IndexOf(Field, "cardnumber") >= 0;

    bool ICardLine.HasCard => Status is PatronChangeStatus.New or PatronChangeStatus.Change or PatronChangeStatus.Unchanged && CardThen is not null;

    void ICardLine.Refuse(string why) => Settle(PatronChangeStatus.Conflict, why);

    internal PatronChange Settle(PatronChangeStatus status, string? why)
    {
        (Status, Why) = (status, why);
        return this;
    }

    internal void Add(string column, string? now, string? then)
    {
        Field = [.. Field, column];
        Now = [.. Now, now];
        Then = [.. Then, then];
    }
}
