namespace KohaPatron.Core.Registration;

/// <summary>A column of a row: its name in Koha, and how to read and write it.</summary>
internal sealed record KohaColumn(string Name, Func<KohaPatronRow, string> Get, Action<KohaPatronRow, string> Set);

/// <summary>The columns of a row in Koha's order.</summary>
internal static class KohaColumns
{
    public static readonly KohaColumn[] All =
    [
        new("branchcode", row => row.branchcode, (row, value) => row.branchcode = value),
        new("cardnumber", row => row.cardnumber, (row, value) => row.cardnumber = value),
        new("categorycode", row => row.categorycode, (row, value) => row.categorycode = value),
        new("dateenrolled", row => row.dateenrolled, (row, value) => row.dateenrolled = value),
        new("dateexpiry", row => row.dateexpiry, (row, value) => row.dateexpiry = value),
        new("email", row => row.email, (row, value) => row.email = value),
        new("firstname", row => row.firstname, (row, value) => row.firstname = value),
        new("patron_attributes", row => row.patron_attributes, (row, value) => row.patron_attributes = value),
        new("surname", row => row.surname, (row, value) => row.surname = value),
        new("userid", row => row.userid, (row, value) => row.userid = value),
        new("phone", row => row.phone, (row, value) => row.phone = value),
        new("borrowernotes", row => row.borrowernotes, (row, value) => row.borrowernotes = value),
    ];
}
