using System.Text;

namespace KohaPatron.Core.Koha;

/// <summary>What a column of Koha's table of patrons holds, as far as the import cares.</summary>
internal enum KohaColumnKind
{
    Text,

    /// <summary>A date that the import reads and checks.</summary>
    Date,

    /// <summary>A date or time that the import hands to the database unread.</summary>
    RawDate,
    Number,

    /// <summary>A column of the import alone.</summary>
    Import,
}

/// <summary>A column that the import knows.</summary>
/// <param name="Name">Koha's name; upper and lower case matter.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Most">How much it holds, or 0 where nobody gets there.</param>
/// <param name="InBytes">Whether that counts bytes of UTF-8 rather than letters.</param>
internal sealed record KohaTableColumn(string Name, KohaColumnKind Kind = KohaColumnKind.Text, int Most = 0, bool InBytes = false)
{
    /// <summary>Whether a value is longer than the column; the database cuts it.</summary>
    public bool Cuts(string value) => Most > 0 && value.Length > 0
        && (InBytes ? value.Length * 3 > Most && Encoding.UTF8.GetByteCount(value) > Most : value.Length > Most && Letters(value) > Most);

    /// <summary>The database counts characters beyond the basic plane as one.</summary>
    private static int Letters(string value) => value.Length - value.Count(char.IsLowSurrogate);
}

/// <summary>The columns of Koha's patron import in the order of its table, by which it goes when a line has as many fields.</summary>
internal sealed class KohaTable
{
    /// <summary>The column that releases from 24.11 on have besides.</summary>
    public const string PreferredName = "preferred_name";

    /// <summary>The first release with <see cref="PreferredName"/>.</summary>
    public static readonly Version WithPreferredName = new(24, 11);

    /// <summary>The first release that empties values with an equals sign in front.</summary>
    public static readonly Version WithoutFormulas = new(24, 5);

    /// <summary>The first release known to keep them again, but in the attributes.</summary>
    public static readonly Version WithFormulasAgain = new(25, 6);

    private readonly Dictionary<string, KohaTableColumn> _byName;

    private KohaTable(IReadOnlyList<KohaTableColumn> columns)
    {
        Columns = columns;
        _byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<KohaTableColumn> Columns { get; }

    public KohaTableColumn? Find(string name) => _byName.TryGetValue(name, out var column) ? column : null;

    /// <summary>The table up to 24.05: 84 columns.</summary>
    public static KohaTable Older { get; } = new([.. All(withPreferredName: false)]);

    /// <summary>The table from 24.11 on: 85 columns.</summary>
    public static KohaTable Newer { get; } = new([.. All(withPreferredName: true)]);

    private static IEnumerable<KohaTableColumn> All(bool withPreferredName)
    {
        yield return new("cardnumber", Most: 32);
        yield return new("surname");
        yield return new("firstname");
        if (withPreferredName)
            yield return new(PreferredName);
        foreach (var name in new[] { "middle_name", "title", "othernames", "initials", "pronouns" })
            yield return new(name);
        foreach (var prefix in new[] { "", "B_" })
        {
            yield return Short(prefix + "streetnumber");
            yield return Short(prefix + "streettype");
            foreach (var name in new[] { "address", "address2", "city", "state" })
                yield return new(prefix + name);
            yield return Short(prefix + "zipcode");
            foreach (var name in new[] { "country", "email", "phone" })
                yield return new(prefix + name);
            if (prefix.Length > 0)
                continue;
            yield return Short("mobile");
            foreach (var name in new[] { "fax", "emailpro", "phonepro" })
                yield return new(name);
        }

        yield return new("dateofbirth", KohaColumnKind.Date);
        yield return new("branchcode", Most: 10);
        yield return new("categorycode", Most: 10);
        yield return new("dateenrolled", KohaColumnKind.Date);
        yield return new("dateexpiry", KohaColumnKind.Date);
        yield return new("password_expiration_date", KohaColumnKind.RawDate);
        yield return new("date_renewed", KohaColumnKind.Date);
        yield return new("gonenoaddress", KohaColumnKind.Number);
        yield return new("lost", KohaColumnKind.Number);
        yield return new("debarred", KohaColumnKind.RawDate);
        yield return new("debarredcomment", Most: 255);
        foreach (var name in new[] { "contactname", "contactfirstname", "contacttitle", "borrowernotes" })
            yield return new(name);
        yield return new("relationship", Most: 100);
        yield return new("sex", Most: 1);
        // A password is hashed before it is stored.
        yield return new("password");
        yield return new("secret");
        yield return new("auth_method");
        yield return new("flags", KohaColumnKind.Number);
        yield return new("userid", Most: 75);
        yield return new("opacnote");
        yield return new("contactnote", Most: 255);
        yield return new("sort1", Most: 80);
        yield return new("sort2", Most: 80);
        foreach (var name in new[] { "firstname", "surname", "address1", "address2", "address3", "state", "zipcode", "country", "phone" })
            yield return new("altcontact" + name);
        yield return new("smsalertnumber", Most: 50);
        foreach (var name in new[] { "sms_provider_id", "privacy", "privacy_guarantor_fines", "privacy_guarantor_checkouts" })
            yield return new(name, KohaColumnKind.Number);
        yield return new("checkprevcheckout", Most: 7);
        yield return new("updated_on", KohaColumnKind.RawDate);
        yield return new("lastseen", KohaColumnKind.RawDate);
        yield return new("lang", Most: 25);
        yield return new("login_attempts", KohaColumnKind.Number);
        yield return new("overdrive_auth_token");
        yield return new("anonymized", KohaColumnKind.Number);
        yield return new("autorenew_checkouts", KohaColumnKind.Number);
        yield return new("primary_contact_method", Most: 45);
        yield return new("patron_attributes", KohaColumnKind.Import);
        yield return new("guarantor_relationship", KohaColumnKind.Import);
        yield return new("guarantor_id", KohaColumnKind.Number);
    }

    private static KohaTableColumn Short(string name) => new(name, Most: 255, InBytes: true);
}
