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
    /// <summary>What was read is not what it should be.</summary>
    InvalidData,

    /// <summary>What was given to a cmdlet is not possible.</summary>
    InvalidArgument,

    /// <summary>What was named is not there.</summary>
    ObjectNotFound,

    /// <summary>Something cannot be read.</summary>
    ReadError,

    /// <summary>Something cannot be written.</summary>
    WriteError,

    /// <summary>A file is not of its format.</summary>
    ParserError,

    /// <summary>Something is there already.</summary>
    ResourceExists,

    /// <summary>Something cannot be had now.</summary>
    ResourceUnavailable,

    /// <summary>A server does not answer.</summary>
    ConnectionError,

    /// <summary>A server does not know who asks.</summary>
    AuthenticationError,

    /// <summary>Whoever asks may not.</summary>
    PermissionDenied,

    /// <summary>More would change than was allowed.</summary>
    LimitsExceeded,

    /// <summary>Work ended before its end.</summary>
    OperationStopped,

    /// <summary>An answer did not come in time.</summary>
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
    /// <summary>The text, and what to do.</summary>
    public override string ToString() => Action is null ? Text : $"{Text} {Action}";
}

/// <summary>Ends a run: bad parameters or settings, no connection, refused credentials.</summary>
public sealed class KohaPatronException : Exception
{
    /// <param name="notice">What happened; its text is the message.</param>
    public KohaPatronException(Notice notice)
        : base(notice.ToString(), notice.Cause) => Notice = notice;

    /// <summary>What happened, for the error record.</summary>
    public Notice Notice { get; }
}
