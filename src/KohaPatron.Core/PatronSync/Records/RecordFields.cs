using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.Settings;

namespace KohaPatron.Core.PatronSync.Records;

/// <summary>The fields of a whole record as plans show them: by Koha's columns, as a row has them, and attributes by their types.</summary>
internal static class RecordFields
{
    /// <summary>A row's columns with the API's names, but for the user id and the attributes.</summary>
    private static readonly (string Field, Func<KohaPatronRow, string> Of)[] All =
    [
        (PatronFields.Surname, row => row.surname),
        (PatronFields.FirstName, row => row.firstname),
        (PatronFields.CardNumber, row => row.cardnumber),
        (PatronFields.Library, row => row.branchcode),
        (PatronFields.Category, row => row.categorycode),
        ("date_enrolled", row => row.dateenrolled),
        (PatronFields.Expiry, row => row.dateexpiry),
        (PatronFields.Email, row => row.email),
        (PatronFields.Phone, row => row.phone),
        ("staff_notes", row => row.borrowernotes),
    ];

    private static readonly Dictionary<string, string> ByColumn =
        All.Select(each => each.Field).Append(PatronFields.PreferredName).Append(PatronFields.Statistics2).ToDictionary(KohaFieldNames.Column, StringComparer.Ordinal);

    /// <summary>The columns that can be compared; what a patron got when it was made stays.</summary>
    public static IReadOnlyList<string> Comparable { get; } = [.. All.Select(each => each.Field).Where(PatronFields.MayChange).Select(KohaFieldNames.Column), "patron_attributes"];

    /// <summary>The API's field of a column, or of an attribute's type.</summary>
    public static string FieldOf(string column) => ByColumn.TryGetValue(column, out var field) ? field : AttributeValues.FieldOf(column);

    /// <summary>The column of a field, or the type of the attribute.</summary>
    public static string ColumnOf(string field) => AttributeValues.TypeOf(field) ?? KohaFieldNames.Column(field);

    /// <summary>What a row wants in Koha's fields, where it has a value; attributes of a type together.</summary>
    /// <param name="row">The row, whose attributes can be read.</param>
    public static IEnumerable<(string Field, string Value)> Of(KohaPatronRow row)
    {
        foreach (var (field, of) in All)
        {
            if (of(row) is { } value && value.Trim() is { Length: > 0 } text)
                yield return (field, text);
        }

        foreach (var type in PatronAttributes.Parse(row.patron_attributes).All.Where(each => each.Value.Trim().Length > 0).GroupBy(each => each.Key, StringComparer.Ordinal))
            yield return (AttributeValues.FieldOf(type.Key), AttributeValues.Join(type.Select(each => each.Value.Trim()).Distinct(StringComparer.Ordinal))!);
    }

    /// <summary>The universal ID among a row's attributes; null: there is none.</summary>
    public static string? UniversalIdOf(KohaPatronRow row, string type) => PatronAttributes.Parse(row.patron_attributes).All
        .Where(each => each.Key == type && Text.UniversalIds.Key(each.Value).Length > 0)
        .Select(each => each.Value.Trim())
        .FirstOrDefault();

    /// <summary>Why nothing can be made of a row, or null.</summary>
    public static string? Fault(KohaPatronRow row)
    {
        if (string.IsNullOrWhiteSpace(row.userid))
            return "the user id is missing; Koha would make one up";
        if (row.userid.Trim().Length > PatronFields.LongestUserId)
            return "the user id is longer than Koha takes";
        if (PatronAttributes.Parse(row.patron_attributes).Fault != AttributeFault.None)
            return "patron_attributes is not a list of CODE:value";
        if (Text.SpreadsheetNumber.Is(row.cardnumber.AsSpan()))
            return "a spreadsheet has rewritten the card number";
        if (Text.CellText.OrNull(row.dateexpiry) is { } day && !PatronFields.IsDay(day))
            return "the expiry is no day such as 2026-12-18";
        if (row.Values().Any(Text.CellText.NeedsFlattening))
            return $"a value {PlanCheck.Hidden}";
        var tooLong = Of(row).Where(each => !PatronFields.Takes(each.Field, each.Value)).Select(each => each.Field).FirstOrDefault();
        return tooLong is null ? null
            : tooLong == PatronFields.CardNumber ? "the card number is longer than Koha takes"
            : $"{PatronFields.InWords(tooLong)} is longer than Koha takes";
    }

    /// <summary>The line that makes a patron of a row.</summary>
    public static PatronLine NewPatron(KohaPatronRow row, string apiRoot, string universalIdType) =>
        new(apiRoot, LineKind.Create, null, row.userid, UniversalIdOf(row, universalIdType), [.. Of(row).Select(each => new FieldChange(each.Field, null, each.Value))]);

    /// <summary>A field as totals call it.</summary>
    public static string InTotals(string column, AttributeTypes types) => column switch
    {
        "cardnumber" => "card",
        "categorycode" => "category",
        "dateexpiry" => "expiry",
        "email" => "e-mail",
        "firstname" or "surname" or "preferred_name" => "name",
        _ when column == types.Major => "major",
        _ when column == types.Department => "department",
        _ when column == types.StudentId => "student ID",
        _ when column == types.UniversalId => "universal ID",
        _ => column,
    };
}
