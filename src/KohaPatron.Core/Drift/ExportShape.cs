using System.Text.Json;

namespace KohaPatron.Core.Drift;

/// <summary>What a field held, counted over the records of an export.</summary>
internal sealed class FieldShape
{
    /// <summary>How many records had the field with a value: not null, not blank.</summary>
    public long Filled { get; set; }

    /// <summary>How often each kind of value was there: text, number, flag, list, object.</summary>
    public SortedDictionary<string, long> Kinds { get; } = new(StringComparer.Ordinal);

    /// <summary>The kind that most values were of; null where there was none.</summary>
    public string? Kind => Kinds.Count == 0 ? null : Kinds.OrderByDescending(kind => kind.Value).First().Key;

    public void Count(string? kind)
    {
        if (kind is not null)
            Count(kind, 1);
    }

    public void Add(FieldShape other)
    {
        foreach (var kind in other.Kinds)
            Count(kind.Key, kind.Value);
    }

    private void Count(string kind, long times)
    {
        Filled += times;
        Kinds.TryGetValue(kind, out var count);
        Kinds[kind] = count + times;
    }
}

/// <summary>What an export looks like: how many people, which fields, what they hold. Nothing of anybody.</summary>
internal sealed class ExportShape
{
    /// <summary>How many records the export has.</summary>
    public long People { get; set; }

    /// <summary>The fields by name; those within a list of objects as <c>programs[].program</c>.</summary>
    public SortedDictionary<string, FieldShape> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts a record.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        People++;
        var reader = new Utf8JsonReader(record);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
            AddMembers(ref reader, prefix: string.Empty);
    }

    /// <summary>Adds an export of the same name that lies in another folder.</summary>
    public void Add(ExportShape other)
    {
        People += other.People;
        foreach (var field in other.Fields)
            Field(field.Key).Add(field.Value);
    }

    /// <summary>The share of records in which a field has a value.</summary>
    public double FilledShare(FieldShape field) => People == 0 ? 0 : (double)field.Filled / People;

    private void AddMembers(ref Utf8JsonReader reader, string prefix)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = prefix + reader.GetString();
            reader.Read();
            Field(name).Count(KindOf(ref reader));
            if (reader.TokenType == JsonTokenType.StartArray && prefix.Length == 0)
                AddElements(ref reader, name + "[].");
            else
                reader.Skip();
        }
    }

    private void AddElements(ref Utf8JsonReader reader, string prefix)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                AddMembers(ref reader, prefix);
            else
                reader.Skip();
        }
    }

    private FieldShape Field(string name)
    {
        if (!Fields.TryGetValue(name, out var field))
            Fields.Add(name, field = new FieldShape());
        return field;
    }

    private static string? KindOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.ValueTextEquals(""u8) ? null : "text",
        JsonTokenType.Number => "number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.StartArray => "list",
        JsonTokenType.StartObject => "object",
        _ => null,
    };
}
