using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Registration;

/// <summary>Why a person gets no row. None is 0, which PowerShell takes for no: "Where-Object Reason" finds them all.</summary>
public enum SkipReason
{
    /// <summary>The export has no e-mail address.</summary>
    NoEmail = 1,

    /// <summary>The export has no family name, which Koha requires.</summary>
    NoLastName,

    /// <summary>The export has no user name: Koha would invent one, and never match it again.</summary>
    NoUserName,

    /// <summary>The export has no universal ID: there is no card number and nothing to join on.</summary>
    NoUniversalId,

    /// <summary>The person is on the settings' exceptions list.</summary>
    Exception,

    /// <summary>The employee is inactive.</summary>
    Inactive,

    /// <summary>The employee's etype gets no account.</summary>
    Etype,

    /// <summary>The employee's job profile gets no account.</summary>
    JobProfile,

    /// <summary>The employee is a contingent worker.</summary>
    Contingent,

    /// <summary>No patron category is mapped for the student's academic level.</summary>
    NoCategory,
}

/// <summary>A person who gets no row, and why.</summary>
/// <param name="UserName">The campus login.</param>
/// <param name="UniversalId">The campus-wide number.</param>
/// <param name="Type">The kind of export the person stands in.</param>
/// <param name="Reason">Why there is no row.</param>
/// <param name="Detail">The reason in words.</param>
public sealed record SkippedPatron(string? UserName, string? UniversalId, WorkdayPersonType Type, SkipReason Reason, string Detail);
