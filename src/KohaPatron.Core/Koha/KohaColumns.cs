namespace KohaPatron.Core.Koha;

/// <summary>A column of a row: its name in Koha, and how to write it.</summary>
internal sealed record KohaColumn(string Name, Action<KohaPatronRow, string> Set);

/// <summary>The columns of a row in Koha's order.</summary>
internal static class KohaColumns
{
    public static readonly KohaColumn[] All =
    [
        new("branchcode", (row, value) => row.branchcode = value),
        new("cardnumber", (row, value) => row.cardnumber = value),
        new("categorycode", (row, value) => row.categorycode = value),
        new("dateenrolled", (row, value) => row.dateenrolled = value),
        new("dateexpiry", (row, value) => row.dateexpiry = value),
        new("email", (row, value) => row.email = value),
        new("firstname", (row, value) => row.firstname = value),
        new("patron_attributes", (row, value) => row.patron_attributes = value),
        new("surname", (row, value) => row.surname = value),
        new("userid", (row, value) => row.userid = value),
        new("phone", (row, value) => row.phone = value),
        new("borrowernotes", (row, value) => row.borrowernotes = value),
    ];
}
