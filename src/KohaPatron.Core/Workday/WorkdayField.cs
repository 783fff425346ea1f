using System.Text;
using System.Text.Json;

namespace KohaPatron.Core.Workday;

/// <summary>Takes the value at hand into a person or a program.</summary>
internal delegate void FieldReader<in TOwner>(ref Utf8JsonReader reader, TOwner owner, WorkdayTerms terms);

/// <summary>A field of an export's records: its name, how it is read, and how it is written again (not at all where it is null).</summary>
internal sealed record WorkdayField<TOwner>(string Name, FieldReader<TOwner> Read, Action<Utf8JsonWriter, TOwner> Write)
{
    /// <summary>The module's word for it, by which the settings name the column that holds it.</summary>
    public string Word { get; init; } = string.Empty;

    /// <summary>Takes a text that was read elsewhere.</summary>
    public Action<TOwner, string?> Set { get; init; } = (_, _) => throw new NotSupportedException();

    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(Name);

    /// <summary>Whether the property name at hand is this field's.</summary>
    public bool IsAt(ref Utf8JsonReader reader) => reader.ValueTextEquals(_utf8);

    /// <summary>The same under another column's name.</summary>
    public WorkdayField<TOwner> Under(string column) => new(column, Read, Write) { Word = Word, Set = Set };
}
