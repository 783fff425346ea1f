namespace KohaPatron.Core.Koha.Rest;

/// <summary>What became of a patron that was to be added.</summary>
public enum KohaAddStatus
{
    /// <summary>Koha has made the patron, with all attributes.</summary>
    Added,

    /// <summary>Koha has a patron with this user id already; nothing was sent.</summary>
    Exists,

    /// <summary>Koha has a patron with this universal ID, under another user id; nothing was sent.</summary>
    Renamed,

    /// <summary>Koha refused, or its answer never came; see the message. Nothing was made.</summary>
    Failed,

    /// <summary>Not confirmed.</summary>
    Skipped,
}

/// <summary>What became of a patron that was to be added.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="UserId">The user id.</param>
/// <param name="PatronId">Koha's number of the patron, where there is one.</param>
/// <param name="Message">The reason.</param>
public sealed record KohaAddResult(KohaAddStatus Status, string? UserId, int? PatronId, string? Message);
