using KohaPatron.Core.Koha;

namespace KohaPatron.Core.Preflight.ImportFile;

/// <summary>A line of an import file with its fields, and what Koha makes of them: by the header, or by position.</summary>
internal sealed class PatronCsvRow
{
    private readonly PatronCsvHeader _header;
    private readonly PreflightOptions _options;

    public PatronCsvRow(int line, IReadOnlyList<string> fields, PatronCsvHeader header, PreflightOptions options)
    {
        Line = line;
        Fields = fields;
        _header = header;
        _options = options;
        foreach (var table in options.Tables)
        {
            if (fields.Count == table.Columns.Count)
                ByPosition = table;
        }
    }

    public int Line { get; }

    public IReadOnlyList<string> Fields { get; }

    /// <summary>Koha's table, where the line has as many fields as it has columns; else null.</summary>
    public KohaTable? ByPosition { get; }

    /// <summary>The value that Koha works with: the cell, or the form's default in place of a blank one.</summary>
    public string this[string column]
    {
        get
        {
            var cell = Cell(column);
            if (!string.IsNullOrWhiteSpace(cell) && !(cell![0] == '=' && _options.EmptiesFormulas(column)))
                return cell;
            return _options.Defaults.TryGetValue(column, out var value) ? value : string.Empty;
        }
    }

    /// <summary>What stands in the cell that Koha reads for a column; null where there is none.</summary>
    public string? Cell(string column) => ByPosition is { } table ? ByTable(table, column) : ByHeader(column);

    /// <summary>What stands in a column by the header, whether Koha heeds it or not.</summary>
    public string? ByHeader(string column) => _header.PlaceOf(column) is var place and >= 0 && place < Fields.Count ? Fields[place] : null;

    private string? ByTable(KohaTable table, string column)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (table.Columns[i].Name == column)
                return Fields[i];
        }

        return null;
    }
}
