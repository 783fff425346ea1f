using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>One request of a step, which Koha carries out whole or not at all: the record's fields, or one attribute.</summary>
/// <param name="Request">The request.</param>
/// <param name="Fields">What it changes.</param>
/// <param name="Proves">Whether a good answer shows that the new values are there; otherwise the record is read.</param>
internal sealed record PatronWrite(KohaRequest Request, IReadOnlyList<FieldChange> Fields, Func<KohaAnswer, bool> Proves)
{
    /// <summary>The requests that give a patron new values: those of the record with one PUT, attributes by their own routes, for a PUT of all would drop what is not ours.</summary>
    public static IEnumerable<PatronWrite> Of(PatronRecord fresh, IReadOnlyList<FieldChange> fields)
    {
        var changes = fields.Select(change => change with { Seen = fresh[change.Field] }).Where(change => !FieldChange.Same(change.Seen, change.Wanted)).ToList();
        var record = changes.Where(change => AttributeValues.TypeOf(change.Field) is null).ToList();
        if (record.Count > 0)
            yield return OfRecord(fresh, record);
        foreach (var change in changes.Except(record))
        {
            foreach (var write in OfAttribute(fresh, change))
                yield return write;
        }
    }

    private static PatronWrite OfRecord(PatronRecord fresh, IReadOnlyList<FieldChange> fields) => new(
        new KohaRequest(HttpMethod.Put, $"/patrons/{Text(fresh.PatronId)}", PatronBody.Of(fresh, fields)),
        fields,
        answer => answer.Json is { } json && Patron.IdOf(json) == fresh.PatronId && new PatronRecord(json) is var now
            && fields.All(change => now.Has(change.Field) && FieldChange.Same(now[change.Field], change.Wanted)));

    /// <summary>A value becomes another where it can, then what is too much goes, then what lacks comes: a type that may stand once never stands twice.</summary>
    private static IEnumerable<PatronWrite> OfAttribute(PatronRecord fresh, FieldChange change)
    {
        var type = AttributeValues.TypeOf(change.Field)!;
        var path = $"/patrons/{Text(fresh.PatronId)}/{PatronFields.Attributes}";
        var values = AttributeValues.Split(change.Seen).ToList();
        var come = AttributeValues.Split(change.Wanted).ToList();
        var go = fresh.OfType(type).Where(each => !come.Remove(each.Value)).ToList();
        for (var i = 0; i < Math.Max(go.Count, come.Count); i++)
        {
            var before = AttributeValues.Join(values);
            if (i < go.Count)
                values.Remove(go[i].Value);
            if (i < come.Count)
                values.Add(come[i]);
            var request = i >= come.Count ? new KohaRequest(HttpMethod.Delete, $"{path}/{Text(go[i].Id)}")
                : i >= go.Count ? new KohaRequest(HttpMethod.Post, path, Body(come[i], type))
                : new KohaRequest(new HttpMethod("PATCH"), $"{path}/{Text(go[i].Id)}", Body(come[i]));
            yield return new PatronWrite(request, [new(change.Field, before, AttributeValues.Join(values))], answer => Shows(answer, i < come.Count ? come[i] : null));
        }
    }

    private static bool Shows(KohaAnswer answer, string? value) =>
        value is null ? answer.Status == 204 : answer.Json is { } json && KohaAnswer.Text(json, "value") == value;

    private static string Body(string value, string? type = null)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (type is not null)
                json.WriteString("type", type);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
