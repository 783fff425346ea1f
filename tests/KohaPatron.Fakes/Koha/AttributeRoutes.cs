using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>/patrons/{id}/extended_attributes</summary>
internal sealed class AttributeRoutes(KohaState state)
{
    public Answer List(Call call, int id) => On(call, id, patron =>
    {
        var attributes = Of(patron);
        var parameters = new SortedDictionary<string, string>(call.Query.ToDictionary(), StringComparer.Ordinal) { ["patron_id"] = id.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        return new Paging(call.Root, call.Path, parameters).Head(new Answer(200, attributes.DeepClone()), attributes.Count, attributes.Count);
    });

    public Answer Post(Call call, int id) => On(call, id, patron =>
    {
        var (json, invalid) = call.Json<JsonObject>("object");
        if (invalid is not null)
            return invalid;
        var (type, value) = ((string?)json!["type"], (string?)json["value"]);
        if (type is null || value is null)
            return Answer.Invalid(("Missing property.", type is null ? "/body/type" : "/body/value"));
        if (!state.HasAttributeType(type))
            return Answer.Error(400, state.Refusal(patron, type, value, [])!);
        if (state.Refusal(patron, type, value, Of(patron)) is { } refusal)
            return Answer.Error(409, refusal);
        var added = state.AddAttribute(patron, type, value);
        return new Answer(201, added.DeepClone()).With("Location", $"{call.Path}/{(int)added["extended_attribute_id"]!}");
    });

    public Answer Put(Call call, int id) => On(call, id, patron =>
    {
        var (json, invalid) = call.Json<JsonArray>("array");
        if (invalid is not null)
            return invalid;
        var before = Of(patron).DeepClone();
        patron[KohaState.Attributes] = new JsonArray();
        foreach (var attribute in json!.AsArray())
        {
            var (type, value) = ((string)attribute!["type"]!, (string)attribute["value"]!);
            if (state.Refusal(patron, type, value, Of(patron)) is { } refusal)
            {
                patron[KohaState.Attributes] = before;
                return Answer.Error(state.HasAttributeType(type) ? 409 : 400, refusal);
            }

            state.AddAttribute(patron, type, value);
        }

        // The answer keeps the order that was sent.
        return new Answer(200, new JsonArray([.. Of(patron).OrderBy(each => (int)each!["extended_attribute_id"]!).Select(each => each!.DeepClone())]));
    });

    public Answer Patch(Call call, int id, int attributeId) => On(call, id, patron =>
    {
        var (json, invalid) = call.Json<JsonObject>("object");
        if (invalid is not null)
            return invalid;
        var unknown = json!.AsObject().Select(field => field.Key).Where(key => key != "value").ToList();
        if (unknown.Count > 0)
            return Answer.Invalid(($"Properties not allowed: {string.Join(", ", unknown)}.", "/body"));
        if (Find(patron, attributeId) is not { } attribute)
            return Answer.Error(404, "Attribute not found");
        attribute["value"] = (string)json["value"]!;
        return new Answer(200, attribute.DeepClone());
    });

    public Answer Delete(Call call, int id, int attributeId) => On(call, id, patron =>
        Find(patron, attributeId) is { } attribute && Of(patron).Remove(attribute) ? new Answer(204) : Answer.Error(404, "Attribute not found"));

    private Answer On(Call call, int id, Func<JsonObject, Answer> act)
    {
        if (call.Needs(ApiRight.EditBorrowers) is { } refusal)
            return refusal;
        return state.Find(id) is { } patron ? act(patron) : Answer.Error(404, "Patron not found");
    }

    private static JsonArray Of(JsonObject patron) => patron[KohaState.Attributes]!.AsArray();

    private static JsonObject? Find(JsonObject patron, int attributeId) =>
        Of(patron).FirstOrDefault(each => (int)each!["extended_attribute_id"]! == attributeId) as JsonObject;
}
