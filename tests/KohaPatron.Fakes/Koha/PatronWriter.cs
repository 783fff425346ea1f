using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>How a patron's values are stored: as text, trimmed, cut to their columns, with what Koha makes up by itself.</summary>
internal sealed class PatronWriter(KohaState state, FakeKohaOptions options)
{
    /// <summary>A moment as Koha writes it.</summary>
    public static string Stamp(DateTimeOffset moment) => moment.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The values of a body as the database keeps them.</summary>
    public static JsonObject Stored(JsonObject sent)
    {
        var stored = new JsonObject();
        foreach (var (field, value) in sent)
        {
            if (field is not ("patron_id" or KohaState.Attributes))
                stored[field] = Stored(field, value);
        }

        return stored;
    }

    /// <summary>Changes the fields that were sent, and no other; false where nothing changed.</summary>
    public bool Change(JsonObject patron, JsonObject stored)
    {
        var before = patron.DeepClone();
        Write(patron, stored);
        if (JsonNode.DeepEquals(before, patron))
            return false;
        // A stamp that was sent stays, unless it is the one that stood there.
        if (JsonNode.DeepEquals(before["updated_on"], patron["updated_on"]))
            Touch(patron);
        return true;
    }

    public void Touch(JsonObject patron) => patron["updated_on"] = Stamp(options.Time.GetUtcNow());

    /// <summary>Makes a new patron.</summary>
    public JsonObject Add(JsonObject stored)
    {
        var today = options.Time.GetUtcNow();
        var fields = stored.DeepClone().AsObject();
        if (fields["date_enrolled"] is null)
            fields["date_enrolled"] = Day(today);
        if (fields["expiry_date"] is null)
            fields["expiry_date"] = Day(today.AddMonths(state.Category((string?)fields["category_id"])!.EnrolmentMonths));
        if (fields["cardnumber"] is null && state.Preferences.NumbersCards)
            fields["cardnumber"] = NextCard();
        if (fields["updated_on"] is null)
            fields["updated_on"] = Stamp(today);
        fields.TryAdd("userid", null);
        var patron = state.Add([]);
        Write(patron, fields);
        return patron;
    }

    private static JsonNode? Stored(string field, JsonNode? value) => value switch
    {
        null => null,
        _ when PatronFields.Booleans.Contains(field) => value.ToString() is "true" or "1",
        _ when PatronFields.Integers.Contains(field) => int.Parse(value.ToString(), CultureInfo.InvariantCulture),
        _ when PatronFields.Times.Contains(field) => Stamp(DateTimeOffset.Parse(value.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)),
        _ => PatronFields.Cut(field, value.ToString().Trim()),
    };

    private void Write(JsonObject patron, JsonObject stored)
    {
        foreach (var (field, value) in stored)
            patron[field] = value?.DeepClone();
        if (string.IsNullOrEmpty((string?)patron["userid"]))
            patron["userid"] = FreeUserId(patron);
        if (string.IsNullOrEmpty((string?)patron["preferred_name"]))
            patron["preferred_name"] = patron["firstname"]?.DeepClone();
    }

    /// <summary>firstname.surname in plain letters, with a number behind it where that is taken.</summary>
    private string FreeUserId(JsonObject patron)
    {
        var name = string.Join('.', new[] { "firstname", "surname" }.Select(field => Letters((string?)patron[field])).Where(part => part.Length > 0));
        var id = (int)patron["patron_id"]!;
        return Enumerable.Range(0, int.MaxValue).Select(i => i == 0 ? name : $"{name}{i}").First(each => state.Other(id, "userid", each) is null);
    }

    private static string Letters(string? name) =>
        string.Concat((name ?? "").Normalize(NormalizationForm.FormD).Where(char.IsLetter)).ToLowerInvariant();

    private string NextCard()
    {
        var highest = state.Patrons.Select(patron => (string?)patron["cardnumber"]).Where(card => card?.Length > 0 && card.All(char.IsAsciiDigit)).Select(card => decimal.Parse(card!, CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
        return (highest + 1).ToString(CultureInfo.InvariantCulture);
    }

    private static string Day(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
