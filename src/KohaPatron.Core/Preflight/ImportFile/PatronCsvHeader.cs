using KohaPatron.Core.Koha;

namespace KohaPatron.Core.Preflight.ImportFile;

/// <summary>The header as Koha takes it: spaces in names do not count, upper and lower case do, the last of two equal names rules.</summary>
internal sealed class PatronCsvHeader
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public PatronCsvHeader(IReadOnlyList<string> columns)
    {
        Columns = [.. columns.Select(column => column.Replace(" ", string.Empty).TrimStart('\uFEFF'))];
        for (var i = 0; i < Columns.Count; i++)
            _places[Columns[i]] = i;
        Known = [.. Columns.Where((column, place) => _places[column] == place).Select(KohaTable.Newer.Find).OfType<KohaTableColumn>()];
        HasOrder = new[] { KohaTable.Older, KohaTable.Newer }.ToDictionary(table => table, table => table.Columns.Select(column => column.Name).SequenceEqual(Columns, StringComparer.Ordinal));
    }

    /// <summary>A header that cannot be read: Koha then knows no column at all.</summary>
    public static PatronCsvHeader Unreadable { get; } = new([]);

    public IReadOnlyList<string> Columns { get; }

    /// <summary>The columns that Koha knows, in the order of the header.</summary>
    public IReadOnlyList<KohaTableColumn> Known { get; }

    /// <summary>Whether the header has exactly a table's columns in their order.</summary>
    public IReadOnlyDictionary<KohaTable, bool> HasOrder { get; }

    /// <summary>Where a column stands, or -1.</summary>
    public int PlaceOf(string column) => _places.TryGetValue(column, out var place) ? place : -1;

    public bool Has(string column) => _places.ContainsKey(column);
}
