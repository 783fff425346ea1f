using System.Text;
using System.Text.Json;

namespace KohaPatron.Core.Settings;

/// <summary>A value of a settings file with the line it stands on, so that a mistake can be shown to its writer.</summary>
internal sealed class SettingsNode
{
    private SettingsNode(JsonValueKind kind, int line) => (Kind, Line) = (kind, line);

    public JsonValueKind Kind { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The text of a string or number.</summary>
    public string Text { get; private init; } = string.Empty;

    /// <summary>Whether it is a text with something in it.</summary>
    public bool IsText => Kind == JsonValueKind.String && !string.IsNullOrWhiteSpace(Text);

    /// <summary>The members of an object, in the order of the file.</summary>
    public IReadOnlyList<KeyValuePair<string, SettingsNode>> Members { get; private init; } = [];

    /// <summary>The elements of a list.</summary>
    public IReadOnlyList<SettingsNode> Elements { get; private init; } = [];

    /// <exception cref="JsonException">The bytes are not JSON; the exception knows the line.</exception>
    public static SettingsNode Parse(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith("\uFEFF"u8))
            json = json.Slice(3);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        reader.Read();
        var lines = new Lines(json);
        var node = Parse(ref reader, ref lines);
        reader.Read();
        return node;
    }

    private static SettingsNode Parse(ref Utf8JsonReader reader, ref Lines lines)
    {
        var line = lines.At(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<KeyValuePair<string, SettingsNode>>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    members.Add(new(name, Parse(ref reader, ref lines)));
                }

                return new(JsonValueKind.Object, line) { Members = members };

            case JsonTokenType.StartArray:
                var elements = new List<SettingsNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    elements.Add(Parse(ref reader, ref lines));
                return new(JsonValueKind.Array, line) { Elements = elements };

            case JsonTokenType.String:
                return new(JsonValueKind.String, line) { Text = reader.GetString()! };
            case JsonTokenType.Number:
                return new(JsonValueKind.Number, line) { Text = Encoding.UTF8.GetString(reader.ValueSpan.ToArray()) };
            case JsonTokenType.True:
                return new(JsonValueKind.True, line);
            case JsonTokenType.False:
                return new(JsonValueKind.False, line);
            default:
                return new(JsonValueKind.Null, line);
        }
    }

    /// <summary>The line of a place, counted on from the place before: nodes are asked about in the order of the file.</summary>
    private ref struct Lines(ReadOnlySpan<byte> json)
    {
        private readonly ReadOnlySpan<byte> _json = json;
        private int _position;
        private int _line = 1;

        public int At(long position)
        {
            for (; _position < position; _position++)
                _line += _json[_position] == (byte)'\n' ? 1 : 0;
            return _line;
        }
    }
}
