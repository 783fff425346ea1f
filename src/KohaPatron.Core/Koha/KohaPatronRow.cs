using System.Diagnostics.CodeAnalysis;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Koha;

/// <summary>
/// A row of Koha's patron import. The property names and their order are Koha's columns, every value is text and never
/// null, so that Export-Csv, ConvertTo-Csv and Select-Object give what the import takes. Values may be changed on the way.
/// </summary>
[SuppressMessage("Naming", "CA1707:Identifiers should not contain underscores", Justification = "Koha's column names")]
[SuppressMessage("Style", "IDE1006:Naming Styles", Justification = "Koha's column names, which are case-sensitive in its import")]
public sealed class KohaPatronRow
{
    private string _branchcode = "", _cardnumber = "", _categorycode = "", _dateenrolled = "", _dateexpiry = "", _email = "";
    private string _firstname = "", _patronAttributes = "", _surname = "", _userid = "", _phone = "", _borrowernotes = "";

    /// <summary>The code of the patron's library.</summary>
    public string branchcode { get => _branchcode; set => Set(ref _branchcode, value); }

    /// <summary>The card number: from the prox report, else the universal ID.</summary>
    public string cardnumber { get => _cardnumber; set => Set(ref _cardnumber, value); }

    /// <summary>The code of the patron category.</summary>
    public string categorycode { get => _categorycode; set => Set(ref _categorycode, value); }

    /// <summary>The day of enrolment, ISO 8601.</summary>
    public string dateenrolled { get => _dateenrolled; set => Set(ref _dateenrolled, value); }

    /// <summary>The last day of the account, ISO 8601.</summary>
    public string dateexpiry { get => _dateexpiry; set => Set(ref _dateexpiry, value); }

    /// <summary>The e-mail address.</summary>
    public string email { get => _email; set => Set(ref _email, value); }

    /// <summary>The given name.</summary>
    public string firstname { get => _firstname; set => Set(ref _firstname, value); }

    /// <summary>Patron attributes, <c>CODE:value</c> separated by commas.</summary>
    public string patron_attributes { get => _patronAttributes; set => Set(ref _patronAttributes, value); }

    /// <summary>The family name.</summary>
    public string surname { get => _surname; set => Set(ref _surname, value); }

    /// <summary>The login; Koha's import is matched on it.</summary>
    public string userid { get => _userid; set => Set(ref _userid, value); }

    /// <summary>The telephone number.</summary>
    public string phone { get => _phone; set => Set(ref _phone, value); }

    /// <summary>The circulation note.</summary>
    public string borrowernotes { get => _borrowernotes; set => Set(ref _borrowernotes, value); }

    /// <summary>The reading that the row's person comes from; null: nothing is known of it.</summary>
    internal InputReading? Reading { get; init; }

    /// <summary>Whether each value is known to stand on one line: checked once, and again when somebody changes a value.</summary>
    internal bool IsOnOneLine { get; set; }

    /// <summary>Whether a value that came from outside would not stand on one line.</summary>
    internal bool HasLineBreaks() =>
        CellText.NeedsFlattening(_email) || CellText.NeedsFlattening(_firstname) || CellText.NeedsFlattening(_surname) || CellText.NeedsFlattening(_patronAttributes)
        || CellText.NeedsFlattening(_userid) || CellText.NeedsFlattening(_phone) || CellText.NeedsFlattening(_cardnumber)
        || CellText.NeedsFlattening(_branchcode) || CellText.NeedsFlattening(_categorycode);

    /// <summary>The values in the order of the columns.</summary>
    internal string[] Values()
    {
        var values = new string[KohaColumns.All.Length];
        CopyValues(values);
        return values;
    }

    /// <summary>The same into an array that is there.</summary>
    internal void CopyValues(string[] values)
    {
        (values[0], values[1], values[2], values[3]) = (_branchcode, _cardnumber, _categorycode, _dateenrolled);
        (values[4], values[5], values[6], values[7]) = (_dateexpiry, _email, _firstname, _patronAttributes);
        (values[8], values[9], values[10], values[11]) = (_surname, _userid, _phone, _borrowernotes);
    }

    private void Set(ref string field, string? value)
    {
        field = value ?? "";
        IsOnOneLine = false;
    }
}
