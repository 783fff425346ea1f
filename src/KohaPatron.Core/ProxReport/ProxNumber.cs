namespace KohaPatron.Core.ProxReport;

/// <summary>A line of the prox report: a person's card number.</summary>
public sealed class ProxNumber
{
    /// <summary>The campus-wide number without its leading zeros (report column <c>Universal ID</c>).</summary>
    public string UniversalId { get; set; } = string.Empty;

    /// <summary>The card number as Koha keeps it, by the settings' card number rule; null: no card.</summary>
    public string? CardNumber { get; set; }

    /// <summary>The number as the report gives it, trimmed (report column <c>Prox ID</c>).</summary>
    public string? ProxId { get; set; }

    /// <summary>The student number (report column <c>Student ID</c>).</summary>
    public string? StudentId { get; set; }

    /// <summary>The family name (report column <c>Last Name</c>).</summary>
    public string? LastName { get; set; }

    /// <summary>The given name (report column <c>First Name</c>).</summary>
    public string? FirstName { get; set; }

    /// <summary>The day the account ends, as the report writes it (report column <c>End Date</c>).</summary>
    public string? EndDate { get; set; }

    /// <summary>Whether the account is inactive (report column <c>IsInactive</c>); false where the report does not say.</summary>
    public bool IsInactive { get; set; }

    /// <summary>The line of the report, from 1; 0 where the number did not come from a report.</summary>
    public int Line { get; set; }
}
