using System.Globalization;
using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>What the API shows of a patron.</summary>
internal sealed class PatronView(KohaState state, FakeKohaOptions options)
{
    private const string LooksAtAnyLibrary = "view_borrower_infos_from_any_libraries";

    private static readonly string[] FilledByDatabase =
        ["anonymized", "autorenew_checkouts", "cardnumber", "date_of_birth", "date_renewed", "incorrect_address", "last_seen", "patron_card_lost", "patron_id", "privacy", "privacy_guarantor_fines", "restricted", "updated_on"];

    /// <summary>The fields that this release knows.</summary>
    public IReadOnlyList<string> Fields { get; } = [.. state.PatronFields, .. options.Version.AddedFields];

    /// <summary>Whether the key may read a patron.</summary>
    public bool IsVisible(JsonObject patron, ApiClient client) =>
        !options.Version.HidesOtherLibraries
        || client.Permissions.May("borrowers", LooksAtAnyLibrary)
        || (string?)patron["library_id"] == state.LibraryOf(client);

    public JsonObject Shown(JsonObject patron, bool withAttributes)
    {
        var shown = new JsonObject();
        foreach (var field in Fields)
            shown[field] = Value(patron, field);
        if (withAttributes)
            shown[KohaState.Attributes] = patron[KohaState.Attributes]!.DeepClone();
        if (state.Blanked.Contains((int)patron["patron_id"]!))
            Blank(shown, "patron_id", "library_id", "category_id");
        return shown;
    }

    /// <summary>The answer to a POST: the record, or nearly nothing of one that the key may not read.</summary>
    public JsonObject Created(JsonObject patron, JsonObject sent, ApiClient client)
    {
        if (!options.Version.PostShowsWholeRecord)
            return AsSent(patron, sent);
        var shown = Shown(patron, withAttributes: false);
        if (!IsVisible(patron, client))
            Blank(shown, "library_id", "restricted", "expired");
        return shown;
    }

    /// <summary>What was sent, and what the database fills in by itself; dates that Koha chose come with their time.</summary>
    private JsonObject AsSent(JsonObject patron, JsonObject sent)
    {
        string[] chosen = ["date_enrolled", "expiry_date", "userid"];
        var shown = new JsonObject();
        foreach (var field in sent.Select(each => each.Key).Where(Fields.Contains).Union(chosen).Union(FilledByDatabase))
            shown[field] = field == "autorenew_checkouts" ? false : Value(patron, field);
        var time = options.Time.GetUtcNow().ToString("THH:mm:ss", CultureInfo.InvariantCulture);
        shown["updated_on"] = sent["updated_on"]?.DeepClone();
        foreach (var date in chosen[..2].Where(date => sent[date] is null))
            shown[date] = shown[date] + time;
        return shown;
    }

    private JsonNode? Value(JsonObject patron, string field) => field switch
    {
        "expired" => (string?)patron["expiry_date"] is { } end && string.CompareOrdinal(end, Today()) < 0,
        "privacy_guarantor_checkouts" when options.Version.CountsGuarantorRights => (bool)patron[field]! ? 1 : 0,
        _ => patron[field]?.DeepClone(),
    };

    private string Today() => options.Time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Blank(JsonObject shown, params string[] kept)
    {
        foreach (var field in shown.Select(each => each.Key).Except(kept).ToList())
            shown[field] = null;
    }
}
