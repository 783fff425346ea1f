namespace KohaPatron.Core.Text;

/// <summary>What a spreadsheet makes of a long number.</summary>
internal static class SpreadsheetNumber
{
    /// <summary>Whether a cell reads like 1.0000E+06, or 1,0000E+06 as elsewhere: its digits are gone.</summary>
    public static bool Is(ReadOnlySpan<char> cell)
    {
        var at = cell.IndexOfAny('E', 'e');
        return at > 0 && at + 2 < cell.Length && cell[at + 1] == '+' && char.IsDigit(cell[0]) && char.IsDigit(cell[cell.Length - 1]);
    }
}
