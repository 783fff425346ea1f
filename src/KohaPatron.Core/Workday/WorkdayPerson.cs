using System.Text.Json;
using System.Text.Json.Serialization;

namespace KohaPatron.Core.Workday;

/// <summary>A person of a Workday export. All identifiers are text: leading zeros matter.</summary>
/// <remarks>
/// What is computed here is no field of the export. It is named with a # for the serializer, which drops fields that bear
/// the name of an ignored property: an export's own "Name" or "Type" must reach the other fields.
/// </remarks>
public abstract class WorkdayPerson
{
    /// <summary>Which kind of export the person comes from.</summary>
    [JsonIgnore, JsonPropertyName("#Type")]
    public abstract WorkdayPersonType Type { get; }

    /// <summary>The campus login, Koha's userid (<c>username</c>).</summary>
    [JsonInclude, JsonPropertyName("username"), JsonPropertyOrder(-9)]
    public string? UserName { get; internal set; }

    /// <summary>The given name (<c>first_name</c>).</summary>
    [JsonInclude, JsonPropertyName("first_name"), JsonPropertyOrder(-8)]
    public string? FirstName { get; internal set; }

    /// <summary>The family name (<c>last_name</c>).</summary>
    [JsonInclude, JsonPropertyName("last_name"), JsonPropertyOrder(-7)]
    public string? LastName { get; internal set; }

    /// <summary>The campus-wide number, with the leading zeros of the export (<c>universal_id</c>).</summary>
    [JsonInclude, JsonPropertyName("universal_id"), JsonPropertyOrder(-6)]
    public string? UniversalId { get; internal set; }

    /// <summary>A telephone number (<c>phone</c>).</summary>
    [JsonInclude, JsonPropertyName("phone"), JsonPropertyOrder(-5)]
    public string? Phone { get; internal set; }

    /// <summary>First and last name, as far as there are any.</summary>
    [JsonIgnore, JsonPropertyName("#Name")]
    public string Name => string.Join(" ", new[] { FirstName, LastName }.Where(part => !string.IsNullOrWhiteSpace(part)));

    /// <summary>The e-mail address that Koha gets: <c>inst_email</c> or <c>work_email</c>.</summary>
    [JsonIgnore, JsonPropertyName("#Email")]
    public abstract string? Email { get; }

    /// <summary>Fields of the export that this module does not know, by their own names.</summary>
    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement>? OtherFields { get; set; }

    /// <summary>Whether the export had fields that this module does not know.</summary>
    [JsonIgnore, JsonPropertyName("#HasOtherFields")]
    internal bool HasOtherFields => OtherFields is { Count: > 0 };

    /// <summary>The export that the person was read from; it learns at its end whether it was complete.</summary>
    [JsonIgnore, JsonPropertyName("#Export")]
    internal WorkdayExport? Export { get; set; }
}
