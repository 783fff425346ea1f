using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Json;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Workday;

/// <summary>
/// Text that few values share among many people, such as programs and etypes: while an export is read each is kept once,
/// instead of once a person.
/// </summary>
internal sealed class WorkdayTerms
{
    private const int PlaceBits = 9;
    private const int LongestTerm = 64;

    private readonly (byte[] Utf8, string Text)[] _terms = new (byte[], string)[1 << PlaceBits];

    /// <summary>The text at hand.</summary>
    /// <exception cref="JsonShapeException">The value is no text.</exception>
    [MethodImpl(Compile.Fully)]
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

    [MethodImpl(Compile.Fully)]
    private static int PlaceOf(ReadOnlySpan<byte> utf8)
    {
        // By its ends and its length: whole terms are compared all the same.
        const int end = sizeof(ulong);
        var hash = (ulong)utf8.Length;
        if (utf8.Length >= end)
        {
            hash ^= Spread.Of(BinaryPrimitives.ReadUInt64LittleEndian(utf8));
            hash = (hash >> 32) ^ BinaryPrimitives.ReadUInt64LittleEndian(utf8.Slice(utf8.Length - end));
        }
        else
        {
            foreach (var letter in utf8)
                hash = (hash << 8) ^ letter;
        }

        return (int)(Spread.Of(hash) >> (64 - PlaceBits));
    }
}
