using System.Globalization;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Preflight.ImportFile;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Preflight.Rules;

/// <summary>What Koha makes of the cells of one row, whatever else the file and Koha hold.</summary>
internal static class CellRules
{
    private static readonly string[] Required = ["surname", "branchcode", "categorycode"];

    public static void Check(PatronCsvRow row, PatronCsvHeader header, PreflightOptions options, PreflightProblems problems)
    {
        CheckShape(row, header, problems);
        foreach (var column in Required)
        {
            if (row[column].Length == 0)
                problems.Missing(column);
        }

        CheckCodes(row, options, problems);
        foreach (var column in Columns(row, header, options))
        {
            if (!options.KeepsFormulas(column.Name) && row.Cell(column.Name) is ['=', ..])
                problems.Formula(column.Name, isSure: options.Version is not null);
            else if (row.Cell(column.Name) is { } cell && SpreadsheetFormula.Is(cell))
                problems.SpreadsheetFormula(column.Name);
            if (row[column.Name] is { Length: > 0 } value)
                CheckValue(column, value, options, problems);
        }
    }

    /// <summary>The columns of a row, and those that the form's default values add to it.</summary>
    private static IEnumerable<KohaTableColumn> Columns(PatronCsvRow row, PatronCsvHeader header, PreflightOptions options)
    {
        var columns = row.ByPosition?.Columns ?? header.Known;
        return options.Defaults.Count == 0
            ? columns
            : columns.Concat(options.Defaults.Keys.Where(column => !header.Has(column)).Select(KohaTable.Newer.Find).OfType<KohaTableColumn>());
    }

    /// <summary>Attributes that Koha refuses or changes.</summary>
    public static void CheckAttributes(PatronAttributes attributes, PreflightOptions options, PreflightProblems problems)
    {
        if (attributes.Fault != AttributeFault.None && !(attributes.Fault == AttributeFault.NoColon && IsUnknown(attributes.FaultAt!, options)))
            problems.BadAttributes(attributes.Fault, attributes.FaultAt);
        if (attributes.Fault is not (AttributeFault.None or AttributeFault.NoColon))
            return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in attributes.All)
        {
            var type = CollationKey.Of(attribute.Key);
            if (IsUnknown(attribute.Key, options))
                problems.UnknownAttributeType(attribute.Key);
            else if (!seen.Add(type) && (options.RepeatableTypes is { } repeatable ? !Holds(repeatable, type) : Holds(options.SingleTypes, type)))
                problems.NotRepeatable(attribute.Key);
            else if (AttributeValue.Cuts(attribute.Value))
                problems.AttributeTooLong(attribute.Key);
        }
    }

    private static readonly KohaTableColumn AttributeValue = new("attribute", Most: 255);

    private static bool IsUnknown(string attributeType, PreflightOptions options) =>
        options.AttributeTypes is { } known && !Holds(known, CollationKey.Of(attributeType));

    private static void CheckShape(PatronCsvRow row, PatronCsvHeader header, PreflightProblems problems)
    {
        if (row.ByPosition is { } table)
        {
            CheckPositions(row, header, table, problems);
            return;
        }

        if (row.Fields.Count < header.Columns.Count)
            problems.ShortLine(row.Fields.Count, header.Columns.Count, header.Columns[row.Fields.Count]);
        if (Nameless(row, header).Any(field => !string.IsNullOrWhiteSpace(field)))
            problems.ExtraField(row.Fields.Count, header.Columns.Count);
    }

    /// <summary>The fields that no name in the header stands for; blank ones are no loss.</summary>
    private static IEnumerable<string> Nameless(PatronCsvRow row, PatronCsvHeader header)
    {
        for (var i = 0; i < row.Fields.Count; i++)
        {
            if (i >= header.Columns.Count || header.Columns[i].Length == 0)
                yield return row.Fields[i];
        }
    }

    private static void CheckPositions(PatronCsvRow row, PatronCsvHeader header, KohaTable table, PreflightProblems problems)
    {
        if (header.HasOrder[table])
            return;
        foreach (var column in table.Columns)
        {
            if ((row.ByHeader(column.Name) ?? string.Empty) != row.Cell(column.Name))
                problems.ByPosition(column.Name, row.Fields.Count);
        }
    }

    private static void CheckCodes(PatronCsvRow row, PreflightOptions options, PreflightProblems problems)
    {
        var library = row["branchcode"];
        if (library.Length > 0 && (CannotBeCode(library) || options.Libraries is { } libraries && !Holds(libraries, CollationKey.Of(library))))
            problems.UnknownLibrary(library);

        var category = row["categorycode"];
        if (category.Length == 0)
            return;
        if (CannotBeCode(category))
            problems.UnknownCategory(category);
        else if (options.Categories is { } categories)
            CheckCategory(category, categories, problems);
    }

    private static void CheckCategory(string category, IReadOnlyCollection<string> categories, PreflightProblems problems)
    {
        var key = CollationKey.Of(category);
        var known = categories.FirstOrDefault(code => CollationKey.Of(code) == key);
        if (known is null)
            problems.UnknownCategory(category);
        else if (known != category.TrimEnd(' '))
            problems.OtherCategory(category, known);
    }

    /// <summary>Codes have ten characters at most; a space in front is one of them, spaces at the end do not count.</summary>
    private static bool CannotBeCode(string value) => char.IsWhiteSpace(value[0]) || value.TrimEnd(' ').Length > 10;

    private static void CheckValue(KohaTableColumn column, string value, PreflightOptions options, PreflightProblems problems)
    {
        switch (column.Kind)
        {
            case KohaColumnKind.Date:
                CheckDate(column.Name, value, options.DateFormat, problems);
                return;
            case KohaColumnKind.RawDate when KohaDate.Read(value, KohaDateFormat.Iso) != KohaDateOutcome.Taken:
                problems.BadRawDate(column.Name);
                return;
            case KohaColumnKind.Number when !long.TryParse(value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _):
                problems.NotANumber(column.Name);
                return;
            case KohaColumnKind.Text:
                CheckText(column, value, options, problems);
                return;
            default:
                return;
        }
    }

    private static void CheckDate(string column, string value, KohaDateFormat format, PreflightProblems problems)
    {
        var outcome = KohaDate.Read(value, format);
        if (outcome == KohaDateOutcome.Refused)
            problems.BadDate(column, value);
        else if (outcome == KohaDateOutcome.Changed)
            problems.DayZero(column);
    }

    private static void CheckText(KohaTableColumn column, string value, PreflightOptions options, PreflightProblems problems)
    {
        if ((char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[value.Length - 1])) && !(column.Name is "branchcode" or "categorycode" && CannotBeCode(value)))
            problems.SurroundingSpace(column.Name);
        if (column.Name == "cardnumber" && !options.CardNumberLength.Takes(value))
            problems.BadCardNumberLength(value.Length, options.CardNumberLength);
        else if (column.Name is not ("cardnumber" or "branchcode" or "categorycode") && column.Cuts(value.Trim()))
            problems.TooLong(column);
    }

    private static bool Holds(IReadOnlyCollection<string> codes, string key)
    {
        foreach (var code in codes)
        {
            if (CollationKey.Of(code) == key)
                return true;
        }

        return false;
    }
}
