namespace KohaPatron.Core.Preflight;

/// <summary>What becomes of a row that has a problem.</summary>
public enum PatronCsvSeverity
{
    /// <summary>Koha takes the row, but not as it is written.</summary>
    Warning,

    /// <summary>Koha does not take the row.</summary>
    Error,
}

/// <summary>What Koha's import would object to, or silently change.</summary>
public enum PatronCsvRule
{
    /// <summary>The file is not UTF-8 text, or a value in it is not.</summary>
    Encoding,

    /// <summary>The header cannot be read: no row is imported.</summary>
    BadHeader,

    /// <summary>A column that Koha does not know is ignored.</summary>
    UnknownColumn,

    /// <summary>A column stands twice in the header: Koha takes the last.</summary>
    RepeatedColumn,

    /// <summary>A column that each row must have is not in the header.</summary>
    MissingColumn,

    /// <summary>The line cannot be read as CSV.</summary>
    BadLine,

    /// <summary>A line without any value counts as a row, and is refused.</summary>
    BlankLine,

    /// <summary>A value has a line break: Koha reads the file line by line.</summary>
    LineBreak,

    /// <summary>The line has more fields than the header.</summary>
    ExtraField,

    /// <summary>The line has fewer fields than the header.</summary>
    ShortLine,

    /// <summary>The line has as many fields as Koha has columns: Koha goes by position, not by the header.</summary>
    ByPosition,

    /// <summary>A value that Koha requires is missing.</summary>
    Missing,

    /// <summary>The library does not exist in Koha.</summary>
    UnknownLibrary,

    /// <summary>The patron category does not exist in Koha, or is spelled another way there.</summary>
    UnknownCategory,

    /// <summary>Koha does not take the date.</summary>
    BadDate,

    /// <summary>The column holds a number, and the value is none.</summary>
    NotANumber,

    /// <summary>The value is longer than Koha's column.</summary>
    TooLong,

    /// <summary>Koha drops spaces around values.</summary>
    SurroundingSpace,

    /// <summary>Newer releases of Koha empty values that begin with an equals sign.</summary>
    Formula,

    /// <summary>A spreadsheet that opens the file runs the value.</summary>
    SpreadsheetFormula,

    /// <summary>The value has a character that nobody sees.</summary>
    HiddenCharacter,

    /// <summary>Newer releases of Koha ignore an expiry date in the very first column.</summary>
    ExpiryFirst,

    /// <summary>Koha makes up a user id.</summary>
    BlankUserId,

    /// <summary>The card number is too long or too short.</summary>
    CardNumberLength,

    /// <summary>An earlier row has the same user id.</summary>
    DuplicateUserId,

    /// <summary>An earlier row has the same card number.</summary>
    DuplicateCard,

    /// <summary>An earlier row has the same value of an attribute that must be unique.</summary>
    DuplicateAttribute,

    /// <summary>Another patron in Koha has the user id.</summary>
    UserIdTaken,

    /// <summary>Another patron in Koha has the card number.</summary>
    CardTaken,

    /// <summary>Another patron in Koha has the value of an attribute that must be unique.</summary>
    AttributeTaken,

    /// <summary>The patron is in Koha already, and is skipped.</summary>
    AlreadyInKoha,

    /// <summary>The row matches a patron whose user id is spelled another way.</summary>
    LooseMatch,

    /// <summary>A blank cell empties what the patron has in Koha.</summary>
    BlankOverwrites,

    /// <summary>Attributes that the patron has in Koha, and the row has not, go.</summary>
    AttributesReplaced,

    /// <summary>The patron has the attribute already, and gets it a second time.</summary>
    AttributeRepeated,

    /// <summary>patron_attributes is not a list of CODE:value.</summary>
    BadAttributes,

    /// <summary>An attribute's type does not exist in Koha.</summary>
    UnknownAttributeType,

    /// <summary>An attribute that a patron has once stands twice.</summary>
    NotRepeatable,
}

/// <summary>Something in an import file that Koha would refuse or silently change.</summary>
/// <param name="Line">The line of the file, from 1, the header's; of rows from a pipeline: the line that they will have.</param>
/// <param name="UserId">The row's user id; null where it has none or cannot be read.</param>
/// <param name="Column">The column; null where the whole line is meant.</param>
/// <param name="Rule">What it offends.</param>
/// <param name="Message">What Koha does.</param>
/// <param name="Severity">Whether the row is lost or changed.</param>
public sealed record PatronCsvProblem(int Line, string? UserId, string? Column, PatronCsvRule Rule, string Message, PatronCsvSeverity Severity)
{
    private readonly IReadOnlyList<int>? _lines;

    /// <summary>Whether Koha refuses every row for it, so that there is nothing to say of each.</summary>
    internal bool IsOfTheWholeFile => Line == 1 && Rule == PatronCsvRule.BadHeader;

    /// <summary>All lines that have it: a code that Koha lacks is told once for all of them.</summary>
    public IReadOnlyList<int> Lines { get => _lines ?? [Line]; init => _lines = value; }
}
