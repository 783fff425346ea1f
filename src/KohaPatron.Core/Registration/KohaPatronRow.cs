using System.Diagnostics.CodeAnalysis;

namespace KohaPatron.Core.Registration;

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
    public string branchcode { get => _branchcode; set => _branchcode = value ?? ""; }

    /// <summary>The card number: from the prox report, else the universal ID.</summary>
    public string cardnumber { get => _cardnumber; set => _cardnumber = value ?? ""; }

    /// <summary>The code of the patron category.</summary>
    public string categorycode { get => _categorycode; set => _categorycode = value ?? ""; }

    /// <summary>The day of enrolment, ISO 8601.</summary>
    public string dateenrolled { get => _dateenrolled; set => _dateenrolled = value ?? ""; }

    /// <summary>The last day of the account, ISO 8601.</summary>
    public string dateexpiry { get => _dateexpiry; set => _dateexpiry = value ?? ""; }

    /// <summary>The e-mail address.</summary>
    public string email { get => _email; set => _email = value ?? ""; }

    /// <summary>The given name.</summary>
    public string firstname { get => _firstname; set => _firstname = value ?? ""; }

    /// <summary>Patron attributes, <c>CODE:value</c> separated by commas.</summary>
    public string patron_attributes { get => _patronAttributes; set => _patronAttributes = value ?? ""; }

    /// <summary>The family name.</summary>
    public string surname { get => _surname; set => _surname = value ?? ""; }

    /// <summary>The login; Koha's import is matched on it.</summary>
    public string userid { get => _userid; set => _userid = value ?? ""; }

    /// <summary>The telephone number.</summary>
    public string phone { get => _phone; set => _phone = value ?? ""; }

    /// <summary>The circulation note.</summary>
    public string borrowernotes { get => _borrowernotes; set => _borrowernotes = value ?? ""; }
}
