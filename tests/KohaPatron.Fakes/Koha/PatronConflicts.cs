using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>Why the database, or Koha in front of it, refuses a patron's values.</summary>
internal sealed class PatronConflicts(KohaState state, KohaVersion version)
{
    private static readonly string[] Emails = ["email", "secondary_email", "altaddress_email"];

    /// <summary>In the order in which Koha meets them: the user id first, then the unique card, then what must exist.</summary>
    /// <param name="id">The patron; 0: a new one.</param>
    /// <param name="stored">The values as they would be stored.</param>
    public Answer? Find(int id, JsonObject stored)
    {
        if ((string?)stored["userid"] is { Length: > 0 } user && state.Other(id, "userid", user) is not null)
            return BadUserId(user);
        if ((string?)stored["cardnumber"] is { } card && state.Other(id, "cardnumber", card) is not null)
            return new Answer(409, new JsonObject { ["error"] = "Duplicate ID", ["conflict"] = "cardnumber" });
        if (state.Category((string?)stored["category_id"]) is null)
            return Answer.Error(400, "Given category_id does not exist");
        return state.HasLibrary((string?)stored["library_id"]) ? null : Answer.Error(400, "Given library_id does not exist");
    }

    /// <summary>A body that names another patron meets its own user id in use.</summary>
    public static Answer? OtherPatron(JsonObject patron, JsonObject sent) =>
        sent["patron_id"] is { } named && named.ToString() != patron["patron_id"]!.ToString() ? BadUserId(sent["userid"]?.ToString() ?? (string)patron["userid"]!) : null;

    /// <summary>Only a superlibrarian may change a superlibrarian's e-mail.</summary>
    public Answer? ProtectedEmail(JsonObject patron, JsonObject sent, ApiClient client)
    {
        var isSuper = state.Clients.Exists(each => each.PatronId == (int)patron["patron_id"]! && each.Permissions.IsSuperlibrarian);
        var isChanged = Array.Exists(Emails, field => sent.ContainsKey(field) && !JsonNode.DeepEquals(sent[field], patron[field]));
        return isSuper && isChanged && !client.Permissions.IsSuperlibrarian ? Answer.Error(403, "Not enough privileges to change a superlibrarian's email") : null;
    }

    public Answer? LookAlike(JsonObject stored, bool isConfirmed) =>
        version.RefusesLookAlikes && !isConfirmed && state.Patrons.Exists(patron => Alike(patron, stored, "surname") && Alike(patron, stored, "firstname") && Alike(patron, stored, "date_of_birth"))
            ? Answer.Error(409, "A patron record matching these details already exists")
            : null;

    /// <summary>Why a patron cannot be deleted: the first reason only.</summary>
    public Answer? Deletion(JsonObject patron)
    {
        var id = (int)patron["patron_id"]!;
        if (state.Preferences.AnonymousPatron == id)
            return Answer.Error(409, "Anonymous patron cannot be deleted", "is_anonymous_patron");
        if (state.Ties.Checkouts.Contains(id))
            return Answer.Error(409, "Pending checkouts prevent deletion", "has_checkouts");
        if (state.Ties.Debts.GetValueOrDefault(id) > 0)
            return Answer.Error(409, "Pending debts prevent deletion", "has_debt");
        if (state.Ties.Guarantors.Contains(id))
            return Answer.Error(409, "Patron is a guarantor and it prevents deletion", "has_guarantees");
        return (bool)patron["protected"]! ? Answer.Error(409, "Protected patrons cannot be deleted", "is_protected") : null;
    }

    private static Answer BadUserId(string user) => Answer.Error(400, $"Problem with {user}");

    private static bool Alike(JsonObject one, JsonObject other, string field) =>
        Collation.Same(one[field]?.ToString() ?? string.Empty, other[field]?.ToString() ?? string.Empty);
}
