namespace KohaPatron.Core.Text;

/// <summary>The join between the report and Workday: both write universal IDs with a varying number of leading zeros.</summary>
internal static class UniversalIds
{
    // Reports write them with nine or ten digits.
    private const int WidestPadding = 12;

    /// <summary>The number without spaces, letters that nobody sees, and leading zeros; empty where nothing is left.</summary>
    public static string Key(string? universalId) => Key(universalId.AsSpan()).ToString();

    /// <inheritdoc cref="Key(string)"/>
    public static ReadOnlySpan<char> Key(ReadOnlySpan<char> universalId) =>
        (HiddenLetter.PlaceIn(universalId) < 0 ? universalId.Trim() : CellText.Flatten(universalId.ToString()).AsSpan()).TrimStart('0');

    /// <summary>The ways in which a system may have written a number: with its leading zeros, without, and with any others up to the usual widths.</summary>
    public static IEnumerable<string> Forms(string universalId)
    {
        var bare = Key(universalId);
        var forms = new List<string> { universalId.Trim() };
        if (bare.Length > 0 && bare.All(letter => letter is >= '0' and <= '9'))
            forms.AddRange(Enumerable.Range(bare.Length, Math.Max(1, WidestPadding - bare.Length + 1)).Select(width => bare.PadLeft(width, '0')));
        else if (bare.Length > 0)
            forms.Add(bare);
        return forms.Distinct(StringComparer.Ordinal);
    }
}
