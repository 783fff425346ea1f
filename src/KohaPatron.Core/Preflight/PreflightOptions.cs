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

    /// <summary>Whether it is known that values with an equals sign in front stay.</summary>
    public bool KeepsFormulas => Version is not null && Version < KohaTable.WithoutFormulas;

    /// <summary>Whether it is known that values with an equals sign in front are emptied.</summary>
    public bool EmptiesFormulas => Version is not null && Version >= KohaTable.WithoutFormulas;
}
