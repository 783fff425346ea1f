namespace KohaPatron.Core.Report;

/// <summary>Which properties of objects hold more of a person than a report needs.</summary>
internal static class PersonalData
{
    private static readonly string[] Parts =
    [
        "mail", "phone", "mobile", "fax", "address", "street", "city", "zip", "contact",
        "card", "prox", "barcode", "studentid", "employeeid", "universalid", "statistics", "sort1", "sort2", "attribute",
        "birth", "sex", "gender", "pronoun", "initials", "note", "password", "secret", "before", "after",
    ];

    /// <summary>User ids and patron numbers may be shown; names, cards, ways to reach somebody and their numbers elsewhere may not.</summary>
    public static bool IsIn(string property)
    {
        var plain = property.Replace(" ", string.Empty).Replace("_", string.Empty).ToLowerInvariant();
        if (plain is "username" or "userid" or "filename" or "patronid")
            return false;
        return plain.Contains("name") || Parts.Any(plain.Contains);
    }
}
