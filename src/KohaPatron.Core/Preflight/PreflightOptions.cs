using KohaPatron.Core.Koha;

namespace KohaPatron.Core.Preflight;

/// <summary>
/// How the file is going to be imported, and what is known of Koha. What is null is not known, and no rule that needs it
/// fires; without any of it this is a check without any connection.
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

    /// <summary>The tables by whose column count a line may be read by position.</summary>
    public IEnumerable<KohaTable> Tables => Version is null ? [KohaTable.Newer, KohaTable.Older]
        : Version < KohaTable.WithPreferredName ? [KohaTable.Older]
        : [KohaTable.Newer];

    /// <summary>Those of them of which a patron has one value; heeded where the repeatable ones are not known.</summary>
    public IReadOnlyCollection<string> SingleTypes { get; init; } = [];

    /// <summary>Whether it is known that values with an equals sign in front stay; those of the attributes do in old releases only.</summary>
    public bool KeepsFormulas(string column) => Version is not null
        && (Version < KohaTable.WithoutFormulas || (Version >= KohaTable.WithFormulasAgain && column != "patron_attributes"));

    /// <summary>Whether values with an equals sign in front are taken as emptied: the release is known, and not to keep them.</summary>
    public bool EmptiesFormulas(string column) => Version is not null && !KeepsFormulas(column);

    /// <summary>Whether an expiry date in the very first column may be ignored.</summary>
    public bool MayIgnoreFirstExpiry => Version is null || Version >= KohaTable.WithoutFormulas;
}
