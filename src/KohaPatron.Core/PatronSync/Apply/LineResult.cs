namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>How a line of a plan ended.</summary>
internal enum LineEnd
{
    Created,
    Updated,
    Deleted,
    Unchanged,
    Missing,
    Conflict,
    Failed,
    Skipped,

    /// <summary>Only shown.</summary>
    Planned,
}

/// <summary>How a line of a plan ended.</summary>
/// <param name="End">How.</param>
/// <param name="Why">The reason, without card numbers.</param>
/// <param name="PatronId">Koha's number of a patron that the line did not know: who was made, or who was there already.</param>
internal readonly record struct LineResult(LineEnd End, string? Why = null, int? PatronId = null);
