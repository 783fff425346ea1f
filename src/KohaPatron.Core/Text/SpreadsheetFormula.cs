namespace KohaPatron.Core.Text;

/// <summary>Values that a spreadsheet runs when it opens or is given a cell with them.</summary>
internal static class SpreadsheetFormula
{
    /// <summary>Whether a value is one; a telephone number or a negative number is only a number.</summary>
    public static bool Is(string value) => value.Length > 1 && value[0] switch
    {
        '=' or '@' or '\t' or '\r' => true,
        '+' or '-' => !value.All(letter => letter is >= '0' and <= '9' or '+' or '-' or '.' or ' ' or '(' or ')' or '/' or ','),
        _ => false,
    };
}
