namespace KohaPatron.Core.PatronSync.Plan;

/// <summary>The fields that may be written, by the API's names, and how much Koha takes in them: what is longer it cuts without a word.</summary>
internal static class PatronFields
{
    public const string CardNumber = "cardnumber";
    public const string FirstName = "firstname";
    public const string PreferredName = "preferred_name";
    public const string Statistics2 = "statistics_2";
    public const string Surname = "surname";
    public const string UserId = "userid";
    public const string Attributes = "extended_attributes";

    private static readonly Dictionary<string, int> Longest = new(StringComparer.Ordinal)
    {
        [CardNumber] = 32,
        [FirstName] = int.MaxValue,
        [PreferredName] = int.MaxValue,
        [Statistics2] = 80,
        [Surname] = int.MaxValue,
    };

    /// <summary>Whether a change may touch the field. A user id is never changed, and attributes have routes of their own.</summary>
    public static bool MayChange(string field) => Longest.ContainsKey(field);

    public static bool Takes(string field, string value) => value.Length <= Longest[field];

    /// <summary>The field as messages call it.</summary>
    public static string InWords(string field) => field switch
    {
        CardNumber => "the card",
        FirstName or PreferredName or Surname => "the name",
        _ => field,
    };
}
