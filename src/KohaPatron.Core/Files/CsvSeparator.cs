namespace KohaPatron.Core.Files;

/// <summary>What stands between the cells: a comma, or what Excel writes in other countries and into text files.</summary>
internal static class CsvSeparator
{
    private static readonly char[] Known = [',', ';', '\t', '|'];

    /// <summary>The separator at which one of the first lines falls into cells with the names of columns; null where there is no such line.</summary>
    public static char? Of(string head, Func<string, bool> isColumn) =>
        Known.FirstOrDefault(separator => head.Split(separator, '\n').Any(cell => isColumn(cell.Trim(' ', '"', '\r', '\uFEFF')))) is var found and not '\0' ? found : null;

    /// <summary>The separator that stands in the first lines most often.</summary>
    public static char MostFrequent(string head) => Known.OrderByDescending(separator => head.Count(letter => letter == separator)).First();
}
