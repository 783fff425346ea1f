namespace KohaPatron.Core.PatronSync.Records;

/// <summary>What became of a patron.</summary>
public enum PatronUpdateStatus
{
    /// <summary>Koha has made the patron, with all attributes.</summary>
    Created,

    /// <summary>Written, and Koha shows the new values.</summary>
    Updated,

    /// <summary>Koha had all of it already.</summary>
    Unchanged,

    /// <summary>A patron whom a run made is gone again.</summary>
    Deleted,

    /// <summary>Koha has no such patron any more.</summary>
    Missing,

    /// <summary>Koha has the person under another user id; left alone.</summary>
    Renamed,

    /// <summary>More than one patron fits, or somebody else's; left alone.</summary>
    Ambiguous,

    /// <summary>Left alone by the settings.</summary>
    Excepted,

    /// <summary>In none of the exports; left alone, for no day was given.</summary>
    Leaver,

    /// <summary>The card belongs to somebody else, or the patron changed since; left alone.</summary>
    Conflict,

    /// <summary>Koha refused, or its answer never came; see the message.</summary>
    Failed,

    /// <summary>Not confirmed.</summary>
    Skipped,
}

/// <summary>What became of a patron.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="UserId">The user id.</param>
/// <param name="PatronId">Koha's number of the patron, where the plan had it.</param>
/// <param name="Message">The reason, or what to look at; without names and card numbers.</param>
public sealed record PatronUpdateResult(PatronUpdateStatus Status, string? UserId, int? PatronId, string? Message);
