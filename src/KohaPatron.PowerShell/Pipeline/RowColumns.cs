using System.Globalization;
using System.Management.Automation;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Text;

namespace KohaPatron.PowerShell.Pipeline;

/// <summary>The columns of any object that is meant as a row: its properties, as text.</summary>
internal static class RowColumns
{
    /// <summary>Whether a row still has the twelve columns and no property that somebody added.</summary>
    public static bool AreStandard(PSObject row) => row.Properties.Count() == KohaColumns.All.Length;

    /// <summary>The object's properties by name, in their order; empty for what has none, such as a text.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(PSObject row)
    {
        if (row.BaseObject is not (KohaPatronRow or PSCustomObject))
            return [];
        // The engine lists added properties before a row's own: Koha's columns come first all the same.
        return [.. row.Properties.Where(property => property.IsGettable)
            .Select(property => new KeyValuePair<string, string>(property.Name, Text(property.Value)))
            .OrderBy(column => Place(column.Key))];
    }

    /// <summary>The row that an object is whose properties are named like Koha's columns, such as Import-Csv gives; null where it has no surname and user id, or columns besides.</summary>
    public static KohaPatronRow? AsRow(PSObject item)
    {
        var row = new KohaPatronRow();
        foreach (var column in Of(item))
        {
            if (Place(column.Key) == KohaColumns.All.Length)
                return null;
            KohaColumns.All[Place(column.Key)].Set(row, column.Value);
        }

        return row is { surname.Length: > 0, userid.Length: > 0 } ? row : null;
    }

    private static int Place(string column)
    {
        var place = Array.FindIndex(KohaColumns.All, known => string.Equals(known.Name, column, StringComparison.OrdinalIgnoreCase));
        return place < 0 ? KohaColumns.All.Length : place;
    }

    private static string Text(object? value) => value switch
    {
        null => string.Empty,
        DateTime date => IsoDay.Of(date),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };
}
