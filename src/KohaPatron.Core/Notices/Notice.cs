namespace KohaPatron.Core.Notices;

/// <summary>How much a notice matters, and so to which PowerShell stream it goes.</summary>
public enum NoticeLevel
{
    /// <summary>Detail for somebody who looks into a run.</summary>
    Verbose,

    /// <summary>Totals and news that everybody sees.</summary>
    Information,

    /// <summary>Something to look at; the work was done.</summary>
    Warning,

    /// <summary>One item could not be done; the others go on.</summary>
    Error,
}

/// <summary>What kind of thing went wrong; the names are those of PowerShell's ErrorCategory.</summary>
public enum NoticeCategory
{
    InvalidData,
    InvalidArgument,
    ObjectNotFound,
    ReadError,
    WriteError,
    ParserError,
    ResourceExists,
    ResourceUnavailable,
    ConnectionError,
    AuthenticationError,
    PermissionDenied,
    LimitsExceeded,
    OperationStopped,
    OperationTimeout,
}

/// <summary>
/// Something that happened, told by the core: what, about whom, and what to do.
/// Texts name files, lines and user names; never a person's name, e-mail or card number.
/// </summary>
/// <param name="Level">How much it matters.</param>
/// <param name="Code">A stable code; the ErrorId in PowerShell, and the entry in about_KohaPatron_Errors.</param>
/// <param name="Text">What happened, where, what was expected and what happens to the rest.</param>
/// <param name="Category">The kind of error; means nothing below <see cref="NoticeLevel.Error"/>.</param>
/// <param name="Target">The item it is about: a user name, a path, a line.</param>
/// <param name="Action">What the user can do about it.</param>
/// <param name="Cause">The exception underneath, for those who look deeper.</param>
public sealed record Notice(
    NoticeLevel Level,
    string Code,
    string Text,
    NoticeCategory Category = NoticeCategory.InvalidData,
    object? Target = null,
    string? Action = null,
    Exception? Cause = null)
{
    public override string ToString() => Action is null ? Text : $"{Text} {Action}";
}

/// <summary>Ends a run: bad parameters or settings, no connection, refused credentials.</summary>
public sealed class KohaPatronException : Exception
{
    public KohaPatronException(Notice notice)
        : base(notice.ToString(), notice.Cause) => Notice = notice;

    /// <summary>What happened, for the error record.</summary>
    public Notice Notice { get; }
}
