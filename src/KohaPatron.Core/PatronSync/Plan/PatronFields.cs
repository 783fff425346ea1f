using System.Globalization;

namespace KohaPatron.Core.PatronSync.Plan;

/// <summary>The fields that may be written, by the API's names, and how much Koha takes in them: what is longer it cuts without a word.</summary>
internal static class PatronFields
{
    public const string CardNumber = "cardnumber";
    public const string Category = "category_id";
    public const string Email = "email";
    public const string Expiry = "expiry_date";
    public const string FirstName = "firstname";
    public const string Library = "library_id";
    public const string Phone = "phone";
    public const string PreferredName = "preferred_name";
    public const string Statistics2 = "statistics_2";
    public const string Surname = "surname";
    public const string UserId = "userid";
    public const string Attributes = "extended_attributes";

    /// <summary>So long may a user id be; Koha cuts what is longer, and finds nobody by it again.</summary>
    public const int LongestUserId = 75;

    private static readonly Dictionary<string, int> Longest = new(StringComparer.Ordinal)
    {
        [CardNumber] = 32,
        [Category] = 10,
        [Email] = int.MaxValue,
        [Expiry] = 10,
        [FirstName] = int.MaxValue,
        [Phone] = int.MaxValue,
        [PreferredName] = int.MaxValue,
        [Statistics2] = 80,
        [Surname] = int.MaxValue,
    };

    /// <summary>The fields that a patron gets when it is made, and that stay from then on.</summary>
    private static readonly Dictionary<string, int> OnlyMade = new(StringComparer.Ordinal)
    {
        [Library] = 10,
        ["date_enrolled"] = 10,
        ["staff_notes"] = int.MaxValue,
    };

    /// <summary>Whether a change may touch the field. A user id is never changed.</summary>
    public static bool MayChange(string field) => Longest.ContainsKey(field) || AttributeValues.TypeOf(field) is not null;

    /// <summary>Whether a patron may be made with the field.</summary>
    public static bool MayMake(string field) => MayChange(field) || OnlyMade.ContainsKey(field);

    /// <summary>Whether a value is a day as Koha takes it.</summary>
    public static bool IsDay(string value) => DateTime.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    public static bool Takes(string field, string value)
    {
        if (AttributeValues.TypeOf(field) is not null)
            return AttributeValues.Split(value).All(each => each.Length <= AttributeValues.Longest);
        return value.Length <= (Longest.TryGetValue(field, out var most) ? most : OnlyMade[field]);
    }

    /// <summary>The fields without which Koha makes no patron, and takes no change of one.</summary>
    public static IReadOnlyList<string> Demanded { get; } = [Surname, Library, Category];

    /// <summary>The field as messages call it.</summary>
    public static string InWords(string field) => field switch
    {
        CardNumber => "the card",
        Category => "the category",
        Email => "the e-mail address",
        Expiry => "the expiry",
        Library => "the library",
        FirstName or PreferredName or Surname => "the name",
        Phone => "the telephone number",
        _ => AttributeValues.TypeOf(field) is { } type ? $"the attribute {type}" : field,
    };
}
