using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>What became of a patron that was to be added.</summary>
public enum KohaAddStatus
{
    /// <summary>Koha has made the patron, with all attributes.</summary>
    Added,

    /// <summary>Koha has a patron with this user id already; nothing was sent.</summary>
    Exists,

    /// <summary>Koha refused, or its answer never came; see the message. Nothing was made.</summary>
    Failed,

    /// <summary>Not confirmed.</summary>
    Skipped,
}

/// <summary>What became of a patron that was to be added.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="UserId">The user id.</param>
/// <param name="PatronId">Koha's number of the patron, where there is one.</param>
/// <param name="Message">The reason.</param>
public sealed record KohaAddResult(KohaAddStatus Status, string? UserId, int? PatronId, string? Message);

/// <summary>
/// Makes patrons (<c>POST /patrons</c>). The attributes go with the patron, so that Koha makes all of it or nothing. A lost
/// answer is settled by looking the user id up.
/// </summary>
internal sealed class PatronAddition(KohaHttp http, PatronLookup lookup, bool evenIfAlike)
{
    public async Task<KohaAddResult> AddAsync(KohaPatronRow row, CancellationToken cancel)
    {
        if (await FindAsync(row.userid, cancel) is { } there)
            return new KohaAddResult(KohaAddStatus.Exists, row.userid, there.PatronId, "Koha has a patron with this user id");
        if (PatronAttributes.Parse(row.patron_attributes).Fault != AttributeFault.None)
            return Failed(row, "patron_attributes is not a list of CODE:value");
        try
        {
            var answer = await http.SendAsync(new KohaRequest(HttpMethod.Post, "/patrons", Body(row)) { ConfirmsNotDuplicate = evenIfAlike }, cancel);
            if (answer is { IsSuccess: true, PatronId: { } id })
                return new KohaAddResult(KohaAddStatus.Added, row.userid, id, null);
            if (answer is { IsSuccess: false, Status: < 500 })
                return answer.Status == 403 ? throw new KohaPatronException(http.Refusal(answer)) : Failed(row, InWords(answer));
        }
        catch (KohaPatronException e) when (e.Notice.Category is NoticeCategory.ConnectionError or NoticeCategory.OperationTimeout or NoticeCategory.InvalidData)
        {
            // Whether it arrived is asked below.
        }

        return await FindAsync(row.userid, cancel) is { } made
            ? new KohaAddResult(KohaAddStatus.Added, row.userid, made.PatronId, null)
            : Failed(row, "Koha's answer did not come, and the patron is not there");
    }

    private async Task<Patron?> FindAsync(string userId, CancellationToken cancel) =>
        (await lookup.FindAsync(PatronKey.UserId, [userId], cancel))[0].Patrons is [var first, ..] ? first : null;

    private static KohaAddResult Failed(KohaPatronRow row, string message) => new(KohaAddStatus.Failed, row.userid, null, message);

    /// <summary>Koha's refusals in the words of whoever loads patrons. Koha's own may hold a card or an ID and are not passed on.</summary>
    private static string InWords(KohaAnswer answer) => answer switch
    {
        { Status: 409, Json: { ValueKind: JsonValueKind.Object } json } when json.TryGetProperty("conflict", out var column) => $"another patron has this {column.ToString().Split('.').Last()}",
        { Status: 409 } => "a patron with the same name and date of birth is there already; -AllowLookAlike adds this one all the same",
        { Error: { } error } when error.StartsWith("Problem with", StringComparison.Ordinal) => "Koha does not take this user id: it is taken",
        { Error: { } error } when error.Contains("library_id") => "Koha has no library with this branchcode",
        { Error: { } error } when error.Contains("category_id") => "Koha has no category with this categorycode",
        { Error: { } error } when error.Contains("invalid attribute type") => $"Koha has no attribute of the {error.Substring(error.LastIndexOf("type=", StringComparison.Ordinal)).Replace("type=", "type ")}",
        { Error: { } error } when error.Contains("unique constraint") => "another patron has one of these attributes, which must be unique",
        { Error: { } error } when error.Contains("non-repeatable") => "an attribute that may stand once stands twice",
        _ => $"Koha refused it (status {answer.Status.ToString(CultureInfo.InvariantCulture)})",
    };

    private static string Body(KohaPatronRow row)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var (field, value) in Fields(row))
            {
                if (value.Length > 0)
                    json.WriteString(field, value);
            }

            json.WriteStartArray("extended_attributes");
            foreach (var attribute in PatronAttributes.Parse(row.patron_attributes).All)
            {
                json.WriteStartObject();
                json.WriteString("type", attribute.Key);
                json.WriteString("value", attribute.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>The API's names of the import's columns.</summary>
    private static IEnumerable<(string Field, string Value)> Fields(KohaPatronRow row) =>
    [
        ("surname", row.surname), ("firstname", row.firstname), ("userid", row.userid), ("cardnumber", row.cardnumber),
        ("library_id", row.branchcode), ("category_id", row.categorycode), ("date_enrolled", row.dateenrolled), ("expiry_date", row.dateexpiry),
        ("email", row.email), ("phone", row.phone), ("staff_notes", row.borrowernotes),
    ];
}
