using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KohaPatron.Core.Settings;

namespace KohaPatron.Core.Tests.Settings;

/// <summary>The schema for editors is printed from the keys themselves.</summary>
public sealed class SettingsSchemaTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void The_schema_beside_the_module_is_what_the_keys_say()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "KohaPatron settings",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(SettingsKeys.All.Select(key => KeyValuePair.Create(key.Name, (JsonNode?)SchemaOf(key)))),
        };
        var printed = schema.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
        Approved.Check("module/koha-patron.schema.json", printed);
    }

    private static JsonObject SchemaOf(SettingsKey key)
    {
        var schema = new JsonObject { ["description"] = key.Description };
        foreach (var (name, value) in ValueOf(key).ToList())
            schema[name] = value?.DeepClone();
        return schema;
    }

    private static JsonObject ValueOf(SettingsKey key) => key.Shape switch
    {
        SettingsShape.Text => key.Allowed is { } allowed ? Add(Of("string"), "enum", Texts(allowed)) : NotBlank(),
        SettingsShape.Flag => Of("boolean"),
        SettingsShape.Days => Add(Of("integer"), "minimum", 1),
        SettingsShape.List => List(),
        SettingsShape.Group => Object(key.Members!, _ => List()),
        SettingsShape.CardNumber => CardNumber(),
        SettingsShape.Exports => Object(ExportKeys.Reports, Report),
        _ when key.Members is { } members => Object(members, member => MemberOf(key, member)),
        _ => Add(Of("object"), "additionalProperties", Add(new JsonObject { ["type"] = key.Shape == SettingsShape.NullableTable ? Texts(["string", "null"]) : "string" }, "minLength", 1)),
    };

    private static JsonObject MemberOf(SettingsKey key, string member) =>
        member == SettingsKeys.Otherwise ? new JsonObject { ["enum"] = Texts(["Error", .. SettingsKeys.ExpiryDayNames]) }
        : key.Members!.Contains(SettingsKeys.Otherwise) ? Add(Of("string"), "pattern", "^(0[1-9]|1[0-2])-([0-2][0-9]|3[01])$")
        : key.Allowed is { } allowed ? new JsonObject { ["enum"] = Texts(allowed) }
        : NotBlank();

    private static JsonObject CardNumber() => new()
    {
        ["oneOf"] = new JsonArray(
            Rule(CardNumberRule.TrimLeadingZeros),
            Rule(CardNumberRule.LastDigitsName, ("digits", new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = CardNumberRule.LongestInKoha }))),
    };

    private static JsonObject Rule(string name, params (string Name, JsonNode Value)[] others)
    {
        var members = new JsonObject { ["rule"] = new JsonObject { ["const"] = name } };
        foreach (var (other, value) in others)
            members[other] = value;
        return new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["required"] = Texts(members.Select(member => member.Key)), ["properties"] = members };
    }

    private static JsonObject Report(string report) => Object(ExportKeys.KeysOfReport, key =>
        key == ExportKeys.Fields ? Add(Object(ExportKeys.WordsOf(report), _ => Source()), "description", ExportKeys.FieldsDescription)
        : ExportKeys.Texts.First(text => text.Key == key) is { Allowed: { } allowed } text ? new JsonObject { ["description"] = text.Description, ["enum"] = Texts(allowed) }
        : new JsonObject { ["description"] = ExportKeys.Texts.First(text => text.Key == key).Description, ["type"] = "string", ["minLength"] = 1 });

    private static JsonObject Source()
    {
        var constant = Object([ExportKeys.Constant], _ => NotBlank());
        return new() { ["oneOf"] = new JsonArray(NotBlank(), Add(Add(Of("array"), "items", NotBlank()), "minItems", 1), Add(constant, "required", Texts([ExportKeys.Constant]))) };
    }

    private static JsonObject List() => Add(Of("array"), "items", NotBlank());

    private static JsonObject Object(IEnumerable<string> members, Func<string, JsonObject> value) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create(member, (JsonNode?)value(member)))),
    };

    private static JsonObject NotBlank() => Add(Of("string"), "minLength", 1);

    private static JsonObject Of(string type) => new() { ["type"] = type };

    private static JsonObject Add(JsonObject schema, string name, JsonNode value)
    {
        schema[name] = value;
        return schema;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
