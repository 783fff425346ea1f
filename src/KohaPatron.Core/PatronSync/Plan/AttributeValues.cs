namespace KohaPatron.Core.PatronSync.Plan;

/// <summary>
/// A patron's attributes of one type as a field of a plan: all values together, in one order, for a type may be repeatable
/// and what counts is which values there are.
/// </summary>
internal static class AttributeValues
{
    /// <summary>So long may a value be; Koha cuts what is longer without a word.</summary>
    public const int Longest = 255;

    private const string Prefix = PatronFields.Attributes + ".";
    private const char Separator = '\n';

    public static string FieldOf(string type) => Prefix + type;

    /// <summary>The type of attribute that a field stands for; null: it is a field of the patron.</summary>
    public static string? TypeOf(string field) =>
        field.Length > Prefix.Length && field.StartsWith(Prefix, StringComparison.Ordinal) ? field.Substring(Prefix.Length) : null;

    /// <summary>The values as one text; null where there are none.</summary>
    public static string? Join(IEnumerable<string> values) =>
        string.Join(Separator.ToString(), values.OrderBy(value => value, StringComparer.Ordinal)) is { Length: > 0 } all ? all : null;

    /// <summary>Whether values lie on the way from those that were seen to those that are wanted: each is one of either, and none lacks that is one of both. Nothing is lost where they become those that are wanted.</summary>
    public static bool AreBetween(string? values, string? seen, string? wanted)
    {
        var (from, to, now) = (Split(seen), Split(wanted), Split(values));
        return now.All(value => from.Contains(value) || to.Contains(value)) && from.Intersect(to, StringComparer.Ordinal).All(now.Contains);
    }

    public static IReadOnlyList<string> Split(string? values) => string.IsNullOrEmpty(values) ? [] : values!.Split(Separator);
}
