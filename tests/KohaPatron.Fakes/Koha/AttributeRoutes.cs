using System.Globalization;
using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>/patrons/{id}/extended_attributes: what is added or changed moves the patron's updated_on, what is taken away does not.</summary>
internal sealed class AttributeRoutes(KohaState state, FakeKohaOptions options)
{
    private readonly AttributeRules _rules = new(state, options.Version);
    private readonly PatronWriter _writer = new(state, options);

    public Answer List(Call call, int id)
    {
        var patron = PatronFor(call, id);
        var attributes = KohaState.AttributesOf(patron).ToList();
        var parameters = call.SortedQuery;
        parameters["patron_id"] = id.ToString(CultureInfo.InvariantCulture);
        var paging = new Paging(call, parameters);
        return paging.Head(new Answer(200, new JsonArray([.. paging.Cut(attributes).Select(each => each.DeepClone())])), attributes.Count, attributes.Count);
    }

    public Answer Post(Call call, int id)
    {
        var patron = PatronFor(call, id);
        var json = call.Json<JsonObject>("object");
        BodySchema.ChecksAttribute(json);
        var (type, value) = (json["type"]!.ToString(), json["value"]?.ToString());
        if (_rules.Refusal(id, type, value, KohaState.AttributesOf(patron)) is { } refusal)
            return refusal.OnAttributeRoute();
        var added = state.AddAttribute(patron, type, value).DeepClone();
        _writer.Touch(patron);
        // The answer shows what was sent, whatever of it was stored.
        added["value"] = value;
        return new Answer(201, added).With("Location", $"{call.Path}/{(int)added["extended_attribute_id"]!}");
    }

    public Answer Put(Call call, int id)
    {
        var patron = PatronFor(call, id);
        var json = call.Json<JsonArray>("array");
        BodySchema.ChecksAttributes(json);
        var (planned, refusal) = _rules.Replacing(id, KohaState.AttributesOf(patron), json, state.LibraryOf(call.Client));
        if (refusal is not null)
            return refusal.OnAttributeRoute();
        if (_rules.Replace(patron, planned))
            _writer.Touch(patron);
        return new Answer(200, new JsonArray([.. KohaState.AttributesOf(patron).OrderBy(each => (int)each["extended_attribute_id"]!).Select(each => each.DeepClone())]));
    }

    public Answer Patch(Call call, int id, int attributeId)
    {
        var patron = PatronFor(call, id);
        var value = BodySchema.ChecksNewValue(call.Json<JsonObject>("object"));
        var (attribute, others) = Find(patron, attributeId);
        if (_rules.Refusal(id, (string)attribute["type"]!, value, others) is { } refusal)
            return refusal.OnAttributeRoute();
        attribute["value"] = KohaState.CutAttribute(value);
        KohaState.SetAttributes(patron, [.. others, attribute]);
        _writer.Touch(patron);
        return new Answer(200, attribute.DeepClone());
    }

    public Answer Delete(Call call, int id, int attributeId)
    {
        var patron = PatronFor(call, id);
        KohaState.SetAttributes(patron, Find(patron, attributeId).Others);
        return new Answer(204);
    }

    private JsonObject PatronFor(Call call, int id)
    {
        call.Needs(Need.EditBorrowers);
        return state.Find(id) ?? throw new RefusedException(Answer.NotFound(options.Version, "Patron not found"));
    }

    private (JsonObject Attribute, List<JsonObject> Others) Find(JsonObject patron, int attributeId)
    {
        var others = KohaState.AttributesOf(patron).ToList();
        var attribute = others.Find(each => (int)each["extended_attribute_id"]! == attributeId) ?? throw new RefusedException(Answer.NotFound(options.Version, "Attribute not found"));
        others.Remove(attribute);
        return (attribute, others);
    }
}
