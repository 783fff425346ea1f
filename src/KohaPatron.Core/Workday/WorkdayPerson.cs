using System.Text.Json;
namespace KohaPatron.Core.Workday;

/// <summary>A person of a Workday export. All identifiers are text: leading zeros matter.</summary>
public abstract class WorkdayPerson
{
    /// <summary>Which kind of export the person comes from.</summary>
    public abstract WorkdayPersonType Type { get; }

    /// <summary>The campus login, Koha's userid (<c>username</c>).</summary>
    public string? UserName { get; internal set; }

    /// <summary>The given name (<c>first_name</c>).</summary>
    public string? FirstName { get; internal set; }

    /// <summary>The family name (<c>last_name</c>).</summary>
    public string? LastName { get; internal set; }

    /// <summary>The campus-wide number, with the leading zeros of the export (<c>universal_id</c>).</summary>
    public string? UniversalId { get; internal set; }

    /// <summary>A telephone number (<c>phone</c>).</summary>
    public string? Phone { get; internal set; }

    /// <summary>First and last name, as far as there are any.</summary>
    public string Name => string.Join(" ", new[] { FirstName, LastName }.Where(part => !string.IsNullOrWhiteSpace(part)));

    /// <summary>The e-mail address that Koha gets: <c>inst_email</c> or <c>work_email</c>.</summary>
    public abstract string? Email { get; }

    /// <summary>Fields of the export that this module does not know, by their own names.</summary>
    internal Dictionary<string, JsonElement>? OtherFields { get; set; }

    /// <summary>Whether the export had fields that this module does not know.</summary>
    internal bool HasOtherFields => OtherFields is { Count: > 0 };

    /// <summary>What whoever gets the person has made of it while it was still waiting; null: nothing yet.</summary>
    internal object? Draft { get; set; }

    /// <summary>The export that the person was read from; it learns at its end whether it was complete.</summary>
    internal WorkdayExport? Export { get; set; }
}
