using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>A type of patron attribute, as an administrator sets it up.</summary>
public sealed class AttributeType(string code)
{
    public string Code { get; } = code;

    public bool Repeatable { get; init; }

    public bool Unique { get; init; }

    public bool Mandatory { get; set; }

    /// <summary>Whether values must be dates.</summary>
    public bool IsDate { get; set; }

    /// <summary>The libraries whose staff may see it; none: all.</summary>
    public HashSet<string> Libraries { get; } = new(StringComparer.Ordinal);

    internal static AttributeType From(JsonObject type) => new((string)type["type"]!)
    {
        Repeatable = (bool)type["repeatable"]!,
        Unique = (bool)type["unique_id"]!,
        Mandatory = (bool)type["mandatory"]!,
    };
}
