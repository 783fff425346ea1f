using KohaPatron.Core.Settings;

namespace KohaPatron.Core.Preflight;

/// <summary>
/// How the file is going to be imported, and what is known of Koha. What is null is not known, and no rule that needs it
/// fires; a blank file of terms is a check without any connection.
/// </summary>
internal sealed record PreflightOptions
{
    public const string ByUserId = "userid";
    public const string ByCardNumber = "cardnumber";

    /// <summary>Koha's release; unknown: whatever any release objects to.</summary>
    public Version? Version { get; init; }

    /// <summary>What rows are matched on: userid, cardnumber, or the type of a unique attribute.</summary>
    public string MatchPoint { get; init; } = ByUserId;

    /// <summary>Whether patrons that exist are overwritten, rather than skipped.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether attributes that the row does not name are kept ("replace only included").</summary>
    public bool Preserve { get; init; }

    /// <summary>The import form's default values, by column.</summary>
    public IReadOnlyDictionary<string, string> Defaults { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public KohaDateFormat DateFormat { get; init; }

    public CardNumberLength CardNumberLength { get; init; } = CardNumberLength.Any;

    /// <summary>The codes of Koha's libraries.</summary>
    public IReadOnlyCollection<string>? Libraries { get; init; }

    /// <summary>The codes of Koha's patron categories.</summary>
    public IReadOnlyCollection<string>? Categories { get; init; }

    /// <summary>Koha's types of patron attributes.</summary>
    public IReadOnlyCollection<string>? AttributeTypes { get; init; }

    /// <summary>Those of them that a patron may have several times.</summary>
    public IReadOnlyCollection<string>? RepeatableTypes { get; init; }

    /// <summary>Those of them of which no two patrons may have the same value.</summary>
    public IReadOnlyCollection<string>? UniqueTypes { get; init; }

    /// <summary>
    /// What Koha knows of the patrons that some rows could meet: asked for some hundred rows at a time, in the order
    /// of the file. Null: without a connection.
    /// </summary>
    public Func<IReadOnlyList<PatronKeys>, KnownPatrons>? Ask { get; init; }

    /// <summary>The tables by whose column count a line may be read by position.</summary>
    public IEnumerable<KohaTable> Tables => Version is null ? [KohaTable.Newer, KohaTable.Older]
        : Version < KohaTable.WithPreferredName ? [KohaTable.Older]
        : [KohaTable.Newer];

    /// <summary>Whether it is known that values with an equals sign in front stay.</summary>
    public bool KeepsFormulas => Version is not null && Version < KohaTable.WithoutFormulas;

    /// <summary>Whether it is known that values with an equals sign in front are emptied.</summary>
    public bool EmptiesFormulas => Version is not null && Version >= KohaTable.WithoutFormulas;
}

/// <summary>What a row could be known by in Koha.</summary>
/// <param name="UserId">The row's userid, as written; blank: none.</param>
/// <param name="CardNumber">The row's cardnumber, as written; blank: none.</param>
/// <param name="Attributes">The row's attributes: type and value.</param>
internal sealed record PatronKeys(string UserId, string CardNumber, IReadOnlyList<KeyValuePair<string, string>> Attributes);

/// <summary>A patron in Koha, as far as an import could collide with it.</summary>
/// <param name="PatronId">The number of the patron (borrowernumber).</param>
/// <param name="UserId">The patron's userid.</param>
/// <param name="CardNumber">The patron's cardnumber.</param>
/// <param name="Values">Other values by Koha's column names; those left out count as unknown.</param>
/// <param name="Attributes">The patron's attributes: type and value; null: unknown.</param>
internal sealed record KnownPatron(
    long PatronId,
    string? UserId,
    string? CardNumber,
    IReadOnlyDictionary<string, string>? Values = null,
    IReadOnlyList<KeyValuePair<string, string>>? Attributes = null);

/// <summary>Koha's preference CardnumberLength: how many characters a card number has.</summary>
/// <param name="Least">The fewest.</param>
/// <param name="Most">The most; never above the 32 of the column.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct CardNumberLength(int Least, int Most)
{
    public static readonly CardNumberLength Any = new(0, CardNumberRule.LongestInKoha);

    /// <summary>Reads the preference: <c>7</c>, <c>7,14</c>, <c>7,</c> or <c>,14</c>. As Koha does, it heeds no 0 and nothing beyond the column.</summary>
    public static bool TryParse(string text, out CardNumberLength length)
    {
        var parts = text.Split(',');
        length = Any;
        if (parts.Length > 2 || !TryPart(parts[0], out var least) || !TryPart(parts[parts.Length - 1], out var most))
            return false;
        if (parts.Length == 2)
            length = Between(least, most == 0 ? Any.Most : Math.Min(most, Any.Most));
        else if (least is > 0 and <= CardNumberRule.LongestInKoha)
            length = new CardNumberLength(least, least);
        return true;
    }

    public bool Takes(string cardNumber) => cardNumber.Length >= Least && cardNumber.Length <= Most;

    private static CardNumberLength Between(int least, int most) => new(Math.Min(least, most), most);

    private static bool TryPart(string text, out int number)
    {
        number = 0;
        return text.Trim().Length == 0
            || int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingWhite | System.Globalization.NumberStyles.AllowTrailingWhite, System.Globalization.CultureInfo.InvariantCulture, out number);
    }
}
