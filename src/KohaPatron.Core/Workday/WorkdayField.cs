using System.Text;
using System.Text.Json;

namespace KohaPatron.Core.Workday;

/// <summary>Takes the value at hand into a person or a program.</summary>
internal delegate void FieldReader<in TOwner>(ref Utf8JsonReader reader, TOwner owner, WorkdayTerms terms);

/// <summary>A field of an export's records: its name, how it is read, and how it is written again (not at all where it is null).</summary>
internal sealed record WorkdayField<TOwner>(string Name, FieldReader<TOwner> Read, Action<Utf8JsonWriter, TOwner> Write)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(Name);

    /// <summary>Whether the property name at hand is this field's.</summary>
    public bool IsAt(ref Utf8JsonReader reader) => reader.ValueTextEquals(_utf8);
}
