using System.Runtime.CompilerServices;
using System.Text;
using KohaPatron.Core.Koha.Csv;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Koha;

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

/// <summary>
/// The column <c>patron_attributes</c>: itself a line of CSV, <c>CODE:value,CODE:value</c>, each part split at its first
/// colon. A part with a comma or a quote stands in quotes; no space follows a comma, for Koha would take it as part of the
/// next code.
/// </summary>
internal sealed class PatronAttributes
{
    private const int LongestType = 10;

    private PatronAttributes(IReadOnlyList<KeyValuePair<string, string>> all, AttributeFault fault, string? at) =>
        (All, Fault, FaultAt) = (all, fault, at);

    public static PatronAttributes None { get; } = new([], AttributeFault.None, null);

    /// <summary>Type and value, in the order of the cell; none where the cell cannot be read.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All { get; }

    /// <summary>The first fault.</summary>
    public AttributeFault Fault { get; }

    /// <summary>The type at which the fault stands, where it has one.</summary>
    public string? FaultAt { get; }

    /// <summary>Adds an attribute to a cell that is being written; nothing where the value is null.</summary>
    [MethodImpl(Compile.Fully)]
    public static StringBuilder Append(StringBuilder line, string code, string? value)
    {
        if (value is null)
            return line;
        if (line.Length > 0)
            line.Append(',');
        if (value.IndexOfAny([',', '"']) < 0)
            return line.Append(code).Append(':').Append(value);
        return line.Append('"').Append(code).Append(':').Append(value.Replace("\"", "\"\"")).Append('"');
    }

    /// <summary>Takes a cell apart as Koha does.</summary>
    public static PatronAttributes Parse(string cell)
    {
        if (string.IsNullOrWhiteSpace(cell))
            return None;
        if (KohaCsvLine.Parse(cell, out _) is not { } parts)
            return new PatronAttributes([], AttributeFault.NotCsv, null);
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

        return new PatronAttributes(all, fault, at);
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
