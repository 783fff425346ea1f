using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>Why attributes are refused.</summary>
internal sealed record AttributeRefusal(string Error, string Code)
{
    private const string InvalidType = "invalid_attribute_type";
    private const string MissingMandatory = "missing_mandatory_attribute";

    public static AttributeRefusal NoSuchType(string type) => new($"Tried to use an invalid attribute type. type={type}", InvalidType);

    public static AttributeRefusal NotRepeatable(string type, string? value) => new($"Tried to add more than one non-repeatable attributes. type={type} value={value}", "non_repeatable_attribute");

    public static AttributeRefusal NotUnique(string type, string? value) => new($"Your action breaks a unique constraint on the attribute. type={type} value={value}", "attribute_not_unique");

    public static AttributeRefusal Missing(string type) => new($"Missing mandatory extended attribute (type={type})", MissingMandatory);

    /// <summary>On the attributes' own routes.</summary>
    public Answer OnAttributeRoute() => Answer.Error(Code is InvalidType or MissingMandatory ? 400 : 409, Error);

    /// <summary>In the body of a patron.</summary>
    public Answer OnPatronRoute(KohaVersion version) => Answer.Error(400, Error, version.TellsErrorCodes ? Code : null);
}

/// <summary>Which attributes a patron may have.</summary>
internal sealed class AttributeRules(KohaState state, KohaVersion version)
{
    /// <summary>Why an attribute cannot stand beside the patron's others, or null.</summary>
    /// <exception cref="BrokenException">A date type, and no date.</exception>
    public AttributeRefusal? Refusal(int patronId, string type, string? value, IEnumerable<JsonObject> others)
    {
        if (state.FindAttributeType(type) is not { } kind)
            return AttributeRefusal.NoSuchType(type);
        if (kind.IsDate && (value is null || !BodySchema.IsDate(value)))
            throw new BrokenException("Not a date.");
        if (!kind.Repeatable && others.Any(other => (string)other["type"]! == type))
            return AttributeRefusal.NotRepeatable(type, value);
        return kind.Unique && value is not null && IsTaken(patronId, type, value) ? AttributeRefusal.NotUnique(type, value) : null;
    }

    /// <summary>What a patron will have after a list replaces all that the key's library may see; the new ones have no id yet.</summary>
    public (List<JsonObject> Planned, AttributeRefusal? Refusal) Replacing(int patronId, IEnumerable<JsonObject> before, JsonArray wanted, string? keyLibrary)
    {
        var (hidden, replaced) = (before.Where(each => IsHidden(each, keyLibrary)).ToList(), before.Where(each => !IsHidden(each, keyLibrary)).ToList());
        var planned = hidden;
        foreach (var attribute in wanted)
        {
            var (type, value) = ((string)attribute!["type"]!, attribute["value"]?.ToString());
            if (Refusal(patronId, type, value, planned) is { } refusal)
                return (planned, refusal);
            var same = version.PutKeepsAttributeIds ? replaced.Find(each => (string)each["type"]! == type && (string?)each["value"] == value) : null;
            if (same is not null)
                replaced.Remove(same);
            planned.Add(same ?? new JsonObject { ["type"] = type, ["value"] = value });
        }

        var missing = state.AttributeTypes.Find(type => type.Mandatory && !planned.Exists(each => (string)each["type"]! == type.Code));
        return (planned, missing is null ? null : AttributeRefusal.Missing(missing.Code));
    }

    /// <summary>Puts a plan into effect; whether anything was added.</summary>
    public bool Replace(JsonObject patron, List<JsonObject> planned)
    {
        var added = planned.FindAll(each => !each.ContainsKey("extended_attribute_id"));
        KohaState.SetAttributes(patron, planned.Except(added));
        foreach (var each in added)
            state.AddAttribute(patron, (string)each["type"]!, (string?)each["value"]);
        return added.Count > 0;
    }

    private bool IsTaken(int patronId, string type, string value) => state.Patrons.Exists(other =>
        (int)other["patron_id"]! != patronId
        && KohaState.AttributesOf(other).Any(theirs => (string)theirs["type"]! == type && (string?)theirs["value"] is { } held && Collation.Same(held, value)));

    private bool IsHidden(JsonObject attribute, string? keyLibrary) =>
        state.FindAttributeType((string)attribute["type"]!) is { Libraries.Count: > 0 } type && !type.Libraries.Contains(keyLibrary ?? "");
}
