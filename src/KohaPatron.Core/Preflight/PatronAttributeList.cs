using KohaPatron.Core.Text;

namespace KohaPatron.Core.Preflight;

/// <summary>What is wrong with a part of <c>patron_attributes</c>.</summary>
internal enum AttributeFault
{
    None,
    NotCsv,
    EmptyPart,
    SpaceBeforeType,
    NoType,
    TypeTooLong,
    NoColon,
}

/// <summary>The column <c>patron_attributes</c> as Koha takes it apart: a line of CSV, each part split at its first colon.</summary>
internal sealed class PatronAttributeList
{
    private const int LongestType = 10;

    private PatronAttributeList(IReadOnlyList<KeyValuePair<string, string>> all, AttributeFault fault, string? at) =>
        (All, Fault, FaultAt) = (all, fault, at);

    public static PatronAttributeList None { get; } = new([], AttributeFault.None, null);

    /// <summary>Type and value, in the order of the cell; none where the cell cannot be read.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All { get; }

    /// <summary>The first fault.</summary>
    public AttributeFault Fault { get; }

    /// <summary>The type at which the fault stands, where it has one.</summary>
    public string? FaultAt { get; }

    public static PatronAttributeList Parse(string cell)
    {
        if (string.IsNullOrWhiteSpace(cell))
            return None;
        if (KohaCsvLine.Parse(cell, out _) is not { } parts)
            return new PatronAttributeList([], AttributeFault.NotCsv, null);
        var all = new List<KeyValuePair<string, string>>(parts.Count);
        var fault = AttributeFault.None;
        string? at = null;
        foreach (var part in parts)
        {
            var colon = part.IndexOf(':');
            var type = colon < 0 ? part : part.Substring(0, colon);
            all.Add(new(type, colon < 0 ? string.Empty : part.Substring(colon + 1)));
            if (fault is AttributeFault.None or AttributeFault.NoColon && FaultOf(part, type, colon) is var found and not AttributeFault.None)
                (fault, at) = (found, type);
        }

        return new PatronAttributeList(all, fault, at);
    }

    /// <summary>An attribute as the database compares it.</summary>
    public static (string Type, string Value) Key(KeyValuePair<string, string> attribute) =>
        (CollationKey.Of(attribute.Key), CollationKey.Of(attribute.Value));

    private static AttributeFault FaultOf(string part, string type, int colon)
    {
        if (part.Length == 0)
            return AttributeFault.EmptyPart;
        if (type.Trim().Length == 0)
            return AttributeFault.NoType;
        if (char.IsWhiteSpace(type[0]))
            return AttributeFault.SpaceBeforeType;
        if (type.TrimEnd().Length > LongestType)
            return AttributeFault.TypeTooLong;
        return colon < 0 ? AttributeFault.NoColon : AttributeFault.None;
    }
}
