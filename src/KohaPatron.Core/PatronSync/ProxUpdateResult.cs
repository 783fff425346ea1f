namespace KohaPatron.Core.PatronSync;

/// <summary>What became of a person's card number.</summary>
public enum ProxUpdateStatus
{
    /// <summary>Written, and Koha's answer shows the new number.</summary>
    Updated,

    /// <summary>Koha had the number already.</summary>
    Unchanged,

    /// <summary>The report has no card for the person.</summary>
    NoProxNumber,

    /// <summary>Koha has no such patron.</summary>
    Missing,

    /// <summary>Koha has the person under another user id; left alone.</summary>
    Renamed,

    /// <summary>More than one patron fits, or somebody else's; left alone.</summary>
    Ambiguous,

    /// <summary>Left alone by the settings.</summary>
    Excepted,

    /// <summary>The card belongs to somebody else, or the patron changed since the plan; left alone.</summary>
    Conflict,

    /// <summary>Koha refused, or its answer never came; see the message.</summary>
    Failed,

    /// <summary>Not confirmed.</summary>
    Skipped,
}

/// <summary>What became of a person's card number.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="UserId">The user name.</param>
/// <param name="PatronId">Koha's number of the patron.</param>
/// <param name="Message">The reason, or what to look at; without card numbers.</param>
public sealed record ProxUpdateResult(ProxUpdateStatus Status, string? UserId, int? PatronId, string? Message);
