using System.Text.Json;

namespace KohaPatron.Core.Workday;

/// <summary>
/// Text that few values share among many people, such as programs and etypes: while an export is read each is kept once,
/// instead of once a person.
/// </summary>
internal sealed class WorkdayTerms
{
    private const int Places = 512;
    private const int LongestTerm = 64;

    private readonly (byte[] Utf8, string Text)[] _terms = new (byte[], string)[Places];

    /// <summary>The text at hand.</summary>
    /// <exception cref="JsonShapeException">The value is no text.</exception>
    public string? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || reader.ValueSpan.Length > LongestTerm)
            return WorkdayValue.Text(ref reader);
        var utf8 = reader.ValueSpan;
        ref var place = ref _terms[PlaceOf(utf8)];
        if (place.Utf8 is null || !utf8.SequenceEqual(place.Utf8))
            place = (utf8.ToArray(), reader.GetString()!);
        return place.Text;
    }

    private static int PlaceOf(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261;
        foreach (var letter in utf8)
            hash = (hash ^ letter) * 16777619;
        return (int)((hash ^ (hash >> 16)) % Places);
    }
}
