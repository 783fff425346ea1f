using System.Globalization;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Csv;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Preflight;

/// <summary>
/// Every message about an import file. They say what Koha does; codes and dates may stand in them, never a name, an e-mail
/// address or a card number.
/// </summary>
internal sealed class PreflightProblems(int line, string? userId)
{
    private readonly List<PatronCsvProblem> _all = [];

    public IReadOnlyList<PatronCsvProblem> All => _all;

    /// <summary>Whether Koha does not take the row.</summary>
    public bool Refused { get; private set; }

    /// <summary>The same problems, of a row without any.</summary>
    public static IReadOnlyList<PatronCsvProblem> None => [];

    public static PatronCsvProblem NotUtf8File(string found) => new(
        1, null, null, PatronCsvRule.Encoding, $"The file is {found}, not UTF-8 text. Koha reads no row of it. Save it as UTF-8.", PatronCsvSeverity.Error);

    public static PatronCsvProblem EmptyFile() => new(
        1, null, null, PatronCsvRule.BadHeader, "The file is empty: it lacks even a header.", PatronCsvSeverity.Error);

    public static PatronCsvProblem BadHeader(CsvLineFault fault, bool hasBom) => new(
        1,
        null,
        null,
        PatronCsvRule.BadHeader,
        hasBom && fault == CsvLineFault.QuoteInUnquotedField
            ? "A byte order mark stands before a header in quotes: Koha cannot read the header, and refuses every row. Write the file with Export-KohaPatronCsv, or as UTF-8 without BOM."
            : $"Koha cannot read the header ({InWords(fault)}), and refuses every row.",
        PatronCsvSeverity.Error);

    public static PatronCsvProblem NotAPatronFile(IReadOnlyList<string> columns)
    {
        var unseparated = columns is [var only] && only.IndexOfAny([';', '\t']) >= 0 ? columns[0] : null;
        return new(
            1,
            null,
            unseparated,
            PatronCsvRule.BadHeader,
            unseparated is null
                ? "Koha knows none of these columns, and refuses every row: this is no patron file."
                : "The columns are not separated by commas: Koha takes the whole line for one unknown column, and refuses every row.",
            PatronCsvSeverity.Error);
    }

    public static PatronCsvProblem UnknownColumn(string column, string? near) => new(
        1,
        null,
        column,
        PatronCsvRule.UnknownColumn,
        near is null ? "Koha does not know this column, and ignores it."
            : $"Koha does not know this column, and ignores it. Did you mean \"{near}\"?",
        PatronCsvSeverity.Warning);

    public static PatronCsvProblem NewColumn(string column) => new(
        1, null, column, PatronCsvRule.UnknownColumn, "Koha before 24.11 does not know this column, and ignores it. Name your release with -KohaVersion.", PatronCsvSeverity.Warning);

    public static PatronCsvProblem RepeatedColumn(string column) => new(
        1, null, column, PatronCsvRule.RepeatedColumn, "The column stands twice: Koha reads the last, and ignores the other.", PatronCsvSeverity.Warning);

    public static PatronCsvProblem MissingColumn(string column) => new(
        1, null, column, PatronCsvRule.MissingColumn, $"The header has no {column}, which Koha requires: it refuses every row.", PatronCsvSeverity.Error);

    public static PatronCsvProblem ExpiryFirst() => new(
        1, null, "dateexpiry", PatronCsvRule.ExpiryFirst, "Newer releases of Koha ignore an expiry date in the very first column when they overwrite a patron. Put another column first.", PatronCsvSeverity.Warning);

    public void NoHeader() => Error(null, PatronCsvRule.BadHeader, "Koha could not read the header, and so knows no column of this row: it refuses it.");

    public void BadLine(CsvLineFault fault) => Error(null, PatronCsvRule.BadLine, $"Koha cannot read this line as CSV ({InWords(fault)}), and refuses it.");

    public void BlankLine() => Error("surname", PatronCsvRule.BlankLine, "The line is blank: Koha counts it as a row without surname, and refuses it.");

    public void LineBreak(string column) => Error(column, PatronCsvRule.LineBreak, "A line break in a value: Koha reads line by line, and refuses both halves. Export-KohaPatronCsv makes a space of it; other cmdlets do not.");

    public void NotUtf8(string? column) => Warn(column, PatronCsvRule.Encoding, "The value is not UTF-8 (Latin-1, as an old program writes it?): Koha stores a question mark for each letter with an accent.");

    public void ExtraField(int fields, int columns) => Warn(null, PatronCsvRule.ExtraField, $"The line has {N(fields)} fields, the header {N(columns)} columns: Koha ignores what is too much. Is a comma unquoted?");

    public void ShortLine(int fields, int columns, string firstMissing) => Warn(firstMissing, PatronCsvRule.ShortLine, $"The line has {N(fields)} fields, the header {N(columns)} columns: Koha takes the rest as blank. Was the line cut off?");

    public void ByPosition(string column, int fields) => Warn(column, PatronCsvRule.ByPosition, $"The line has {N(fields)} fields, as many as Koha has columns: Koha then goes by the order of its own table, not by the header, and puts another value here. Leave a column out.");

    public void BlankAttributesByPosition(int fields) => Error("patron_attributes", PatronCsvRule.ByPosition, $"The line has {N(fields)} fields, as many as Koha has columns, and no attributes: Koha refuses such a row of a new patron. Leave a column out.");

    public void Missing(string column) => Error(column, PatronCsvRule.Missing, $"Koha requires {column}, and refuses the row.");

    public void UnknownLibrary(string code) => Error("branchcode", PatronCsvRule.UnknownLibrary, $"Koha has no library{Code(code)}, and refuses the row.");

    public void UnknownCategory(string code) => Error("categorycode", PatronCsvRule.UnknownCategory, $"Koha has no patron category{Code(code)}, and refuses the row.");

    public void OtherCategory(string code, string known) => Warn("categorycode", PatronCsvRule.UnknownCategory, $"Koha takes \"{code}\" for its category \"{known}\".");

    public void BadDate(string column, string value) => Error(column, PatronCsvRule.BadDate, $"Koha does not take {Shown(value)} as a date, and refuses the row. Write year-month-day: 2027-05-31.");

    public void DayZero(string column) => Warn(column, PatronCsvRule.BadDate, "Koha makes the first of the month of day 0.");

    public void BadRawDate(string column) => Warn(column, PatronCsvRule.BadDate, "Koha hands this date to its database unread, which takes year-month-day alone: it is lost, or the row refused.");

    public void NotANumber(string column) => Warn(column, PatronCsvRule.NotANumber, "Koha holds a number here: it stores 0, or refuses the row.");

    public void TooLong(KohaTableColumn column) => Warn(
        column.Name,
        PatronCsvRule.TooLong,
        $"Longer than Koha's column ({N(column.Most)} {(column.InBytes ? "bytes" : "characters")}): Koha cuts it silently{(column.Name == "userid" ? ", and never matches the patron by it again" : string.Empty)}.");

    public void AttributeTooLong(string type) => Warn("patron_attributes", PatronCsvRule.TooLong, $"The value of {type} is longer than the 255 characters that Koha holds: Koha cuts it silently.");

    public void SurroundingSpace(string column) => Warn(column, PatronCsvRule.SurroundingSpace, "Koha drops the spaces around the value.");

    public void Formula(string column, bool isSure) => Warn(
        column,
        PatronCsvRule.Formula,
        isSure ? "This release of Koha may empty a value that begins with an equals sign." : "Some releases of Koha from 24.05 on empty a value that begins with an equals sign. Name yours with -KohaVersion.");

    public void SpreadsheetFormula(string column) => Warn(column, PatronCsvRule.SpreadsheetFormula, "A spreadsheet that opens this file runs the value as a formula. Correct it in Workday, or open the file in a text editor only.");

    public void HiddenCharacter(string? column, string value, int place) => Warn(
        column, PatronCsvRule.HiddenCharacter, $"Character {N(place + 1)} is {HiddenLetter.InWords(value[place])}: nobody sees it, and Koha finds nobody by the value as it is typed.");

    public void BlankUserId() => Warn("userid", PatronCsvRule.BlankUserId, "No userid: Koha makes one up of the name, and the next load does not find the patron by it.");

    public void BadCardNumberLength(int length, CardNumberLength allowed) => Error(
        "cardnumber",
        PatronCsvRule.CardNumberLength,
        $"The card number has {N(length)} characters, Koha takes {(allowed.Least == 0 ? "at most " : N(allowed.Least) + " to ")}{N(allowed.Most)}: it refuses the row.");

    public void SkippedAsRepeat(string column, PatronCsvRule rule, int earlier, bool isMadeUp) => Error(column, rule, $"{SameAs(earlier, isMadeUp)}: Koha takes this row for that patron, and skips it.");

    public void OverwritesRepeat(string column, PatronCsvRule rule, int earlier, bool isMadeUp) => Warn(column, rule, $"{SameAs(earlier, isMadeUp)}: Koha overwrites that patron with this row.");

    public void DuplicateUserId(int earlier, bool isMadeUp) => Error("userid", PatronCsvRule.DuplicateUserId, $"{SameAs(earlier, isMadeUp)}: Koha refuses this row.");

    public void DuplicateCard(int earlier, string earlierUser) => Error("cardnumber", PatronCsvRule.DuplicateCard, $"The same as in line {N(earlier)}{(earlierUser.Length == 0 ? string.Empty : $" ({earlierUser})")}: Koha refuses this row.");

    public void DuplicateAttribute(string type, int earlier) => Error("patron_attributes", PatronCsvRule.DuplicateAttribute, $"The value of {type} is the same as in line {N(earlier)}, and no two patrons may have it: Koha refuses this row.");

    public void UserIdTaken(long patron) => Error("userid", PatronCsvRule.UserIdTaken, $"Patron {N(patron)} has this user id: Koha refuses the row.");

    public void CardTaken(long patron) => Error("cardnumber", PatronCsvRule.CardTaken, $"Patron {N(patron)} has this card number: Koha refuses the row.");

    public void AttributeTaken(string type, long patron) => Error("patron_attributes", PatronCsvRule.AttributeTaken, $"Patron {N(patron)} has this value of {type}, and no two patrons may have it: Koha refuses the row.");

    public void AlreadyInKoha(string column, long patron) => Warn(column, PatronCsvRule.AlreadyInKoha, $"This is patron {N(patron)}: without \"overwrite\" Koha skips the row.");

    public void LooseMatch(string column, long patron) => Warn(column, PatronCsvRule.LooseMatch, $"Patron {N(patron)} has this spelled another way (case, accents); Koha takes the two for one, and overwrites that patron, spelling included.");

    public void BlankOverwrites(string column, long patron) => Warn(column, PatronCsvRule.BlankOverwrites, $"The cell is blank: Koha {InPlaceOf(column)} what patron {N(patron)} has.");

    public void AttributesReplaced(IEnumerable<string> types, long patron) => Warn("patron_attributes", PatronCsvRule.AttributesReplaced, $"Patron {N(patron)} has {string.Join(", ", types)} besides: Koha removes what the row does not name.");

    public void AttributeRepeated(string type, long patron) => Warn("patron_attributes", PatronCsvRule.AttributeRepeated, $"Patron {N(patron)} has this {type} already, and gets it once more.");

    public void UnknownAttributeType(string type) => Error("patron_attributes", PatronCsvRule.UnknownAttributeType, $"Koha has no attribute type{Code(type)}, and refuses the row.");

    public void UnseenAttributeType(string type) => Warn("patron_attributes", PatronCsvRule.UnknownAttributeType, $"No patron in Koha has an attribute of the type{Code(type)} yet: where the type is not there, Koha refuses every row with it. See Administration > Patron attribute types.");

    public void NotRepeatable(string type) => Error("patron_attributes", PatronCsvRule.NotRepeatable, $"A patron has one {type}, the row two: Koha refuses it.");

    public void BadAttributes(AttributeFault fault, string? type)
    {
        if (fault == AttributeFault.NoColon)
            Warn("patron_attributes", PatronCsvRule.BadAttributes, "A part has no colon: Koha stores its type without a value. Write CODE:value.");
        else
            Error("patron_attributes", PatronCsvRule.BadAttributes, fault switch
            {
                AttributeFault.NotCsv => "Koha cannot read the attributes: a part with a quote or a comma stands in quotes as a whole, \"CODE:value\", its own quotes doubled. It refuses the row.",
                AttributeFault.EmptyPart => "A comma too many leaves an attribute without type: Koha refuses the row.",
                AttributeFault.SpaceBeforeType => "A space stands before an attribute's type, or a value with a comma stands without quotes: Koha finds no such type, and refuses the row.",
                AttributeFault.NoType => "An attribute has no type: Koha refuses the row.",
                _ => $"An attribute's type is longer than Koha's codes are ({N(type!.Length)} characters, at most 10): Koha refuses the row. Is a comma unquoted?",
            });
    }

    private void Warn(string? column, PatronCsvRule rule, string message) =>
        _all.Add(new PatronCsvProblem(line, userId, column, rule, message, PatronCsvSeverity.Warning));

    private void Error(string? column, PatronCsvRule rule, string message)
    {
        Refused = true;
        _all.Add(new PatronCsvProblem(line, userId, column, rule, message, PatronCsvSeverity.Error));
    }

    private static string SameAs(int earlier, bool isMadeUp) =>
        isMadeUp ? $"The user id that Koha makes up for line {N(earlier)}, which has none" : $"The same as in line {N(earlier)}";

    private static string InPlaceOf(string column) => column switch
    {
        "dateenrolled" => "puts today in place of",
        "userid" => "makes one up of the name in place of",
        _ => "empties",
    };

    private static string InWords(CsvLineFault fault) => fault switch
    {
        CsvLineFault.QuoteInUnquotedField => "a quotation mark inside an unquoted field",
        CsvLineFault.TextAfterQuote => "text after a closing quotation mark",
        CsvLineFault.QuoteNotClosed => "a quotation mark is not closed on this line; a line break in a value?",
        _ => "a lone carriage return",
    };

    /// <summary>The value where it looks like a date; where columns have slipped, something else may stand there.</summary>
    private static string Shown(string value) =>
        value.Length <= 30 && value.All(letter => letter is >= '0' and <= '9' or '-' or '/' or '.' or ':' or '+' or ' ' or 'T' or 'Z') ? $"\"{value}\"" : "this";

    /// <summary>The value where it looks like a code.</summary>
    private static string Code(string value) => value.Length <= 10 && value.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_') ? $" \"{value}\"" : " of this code";

    private static string N(long number) => number.ToString(CultureInfo.InvariantCulture);
}
