using System.Globalization;
using System.Text;
using System.Text.Json;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Csv;
using KohaPatron.Core.Preflight;
using KohaPatron.Core.Preflight.ImportFile;
using KohaPatron.Core.Preflight.Matching;
using KohaPatron.Core.Preflight.Rules;
using KohaPatron.Core.Settings;

namespace KohaPatron.Core.Tests.Preflight;

/// <summary>An import that a real Koha was given, with what it answered and what it stored.</summary>
public sealed class RecordedImport
{
    private static readonly JsonElement States = JsonDocument.Parse(File.ReadAllText(Place("koha-import-states.json"))).RootElement;
    private static readonly string[] DatesOfKoha = ["dateenrolled", "dateexpiry"];

    private readonly JsonElement _record;

    private RecordedImport(JsonElement record) => _record = record;

    public static IReadOnlyDictionary<string, RecordedImport> All { get; } = File.ReadLines(Place("koha-import-contract.jsonl"))
        .Where(line => line.Length > 0)
        .Select(line => new RecordedImport(JsonDocument.Parse(line).RootElement))
        .ToDictionary(import => import.Name);

    public string Name => _record.GetProperty("name").GetString()!;

    public byte[] Csv => _record.GetProperty("csv_base64").GetBytesFromBase64();

    /// <summary>How many rows Koha refused.</summary>
    public int Invalid => _record.GetProperty("counts").GetProperty("invalid").GetInt32();

    /// <summary>How many rows Koha skipped for a row before them.</summary>
    public int SkippedAsRepeats => Before.Count > 0 ? 0 : _record.GetProperty("counts").GetProperty("already_in_db").GetInt32();

    /// <summary>What Koha answers about the patrons that were there before the import.</summary>
    internal Func<IReadOnlyList<PatronKeys>, KnownPatrons> Koha => KohaWith(patrons: Before.Count > 0);

    /// <summary>The options of the import, Koha's preferences and codes.</summary>
    internal PreflightOptions Options
    {
        get
        {
            var form = _record.GetProperty("options").EnumerateArray().Select(option => option.GetString()!).ToList();
            return Laboratory with
            {
                MatchPoint = _record.GetProperty("matchpoint").GetString()!,
                Overwrite = form.Contains("overwrite"),
                Preserve = form.Contains("preserve"),
                Defaults = form.Where(option => option.StartsWith("default:", StringComparison.Ordinal)).Select(option => option.Substring(8).Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal),
                DateFormat = Enum.Parse<KohaDateFormat>(Preference("dateformat") ?? "iso", ignoreCase: true),
                CardNumberLength = CardNumberLength.TryParse(Preference("CardnumberLength") ?? "", out var length) ? length : throw new FormatException(),
            };
        }
    }

    /// <summary>A Koha without patrons, or with the three of the records' state BASE.</summary>
    internal static Func<IReadOnlyList<PatronKeys>, KnownPatrons> KohaWith(bool patrons) => _ => new KnownPatrons(patrons ? Patrons.Select(Known) : []);

    /// <summary>The Koha that gave the records: its release and codes.</summary>
    internal static PreflightOptions Laboratory
    {
        get
        {
            var types = States.GetProperty("attribute_types").EnumerateArray().ToList();
            return new PreflightOptions
            {
                Version = new Version(23, 5, 4),
                Libraries = Texts(States.GetProperty("libraries")),
                Categories = Texts(States.GetProperty("categories")),
                AttributeTypes = [.. types.Select(Type)],
                RepeatableTypes = [.. types.Where(type => type.GetProperty("repeatable").GetBoolean()).Select(Type)],
                UniqueTypes = [.. types.Where(type => type.GetProperty("unique_id").GetBoolean()).Select(Type)],
            };
        }
    }

    /// <summary>
    /// Where Koha did not do what the file says, derived from the record alone: the lines and columns that Koha named as
    /// errors, rows that it skipped, and values that it stored otherwise than given. A column of null is the whole line.
    /// </summary>
    public IReadOnlyList<(int Line, string? Column)> Expected()
    {
        var expected = new List<(int Line, string? Column)>();
        var lines = Encoding.Latin1.GetString(Csv).Split('\n');
        var refused = new HashSet<int>();
        foreach (var error in _record.GetProperty("errors").EnumerateArray())
            expected.AddRange(Named(error, lines, refused));
        if (HeaderIsReadable(lines[0], out var header))
            expected.AddRange(Changed(header, lines, refused));
        return [.. expected.Distinct()];
    }

    private static string Place(string file) => Path.Combine(AppContext.BaseDirectory, "Contract", file);

    private string? Preference(string name) =>
        _record.TryGetProperty("prefs", out var prefs) && prefs.TryGetProperty(name, out var value) ? value.GetString() : null;

    private IReadOnlyList<JsonElement> Before => _record.GetProperty("given").GetString()!.Contains("BASE", StringComparison.Ordinal)
        ? Patrons
        : [];

    private static IReadOnlyList<JsonElement> Patrons => [.. States.GetProperty("BASE").GetProperty("also").EnumerateArray()];

    private IReadOnlyList<JsonElement> After => [.. _record.GetProperty("stored").EnumerateArray()];

    private static KnownPatron Known(JsonElement patron) => new(
        patron.GetProperty("borrowernumber").GetInt64(),
        patron.GetProperty("userid").GetString(),
        patron.GetProperty("cardnumber").GetString(),
        patron.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.String).ToDictionary(field => field.Name, field => field.Value.GetString()!),
        Attributes(patron));

    private static List<KeyValuePair<string, string>> Attributes(JsonElement patron) =>
        [.. patron.GetProperty("attributes").EnumerateArray().Select(pair => new KeyValuePair<string, string>(pair[0].GetString()!, pair[1].GetString() ?? ""))];

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];

    private static string Type(JsonElement type) => type.GetProperty("type").GetString()!;

    /// <summary>What Koha's own list of errors says.</summary>
    private static IEnumerable<(int, string?)> Named(JsonElement error, string[] lines, HashSet<int> refused)
    {
        if (error.TryGetProperty("badheader", out _))
        {
            yield return (1, null);
        }
        else if (error.TryGetProperty("missing_criticals", out var criticals))
        {
            var all = criticals.EnumerateArray().ToList();
            foreach (var critical in all)
            {
                var line = critical.GetProperty("line").GetInt32();
                refused.Add(line);
                // A line that cannot be read has all criticals missing; so has every row under a header that cannot be read.
                if (critical.TryGetProperty("badparse", out _))
                    yield return (line, null);
                else if (!all.Any(each => each.TryGetProperty("badparse", out _)) && lines[line - 1].Trim().Length > 0 && HeaderIsReadable(lines[0], out _))
                    yield return (line, critical.GetProperty("key").GetString());
                else
                    yield return (line, lines[line - 1].Trim().Length == 0 ? "surname" : null);
            }
        }
        else if (Culprit(error) is var (column, value))
        {
            var line = Array.FindIndex(lines, 1, text => !refused.Contains(Array.IndexOf(lines, text) + 1) && (value is null || text.Contains(value, StringComparison.Ordinal))) + 1;
            if (column == "patron_attributes" && error.TryGetProperty("patron_attribute_unique_id_constraint", out _) && value is null)
                line = lines.Length;
            refused.Add(line);
            yield return (line, column);
        }
    }

    private static (string Column, string? Value)? Culprit(JsonElement error)
    {
        if (error.TryGetProperty("invalid_cardnumber", out _))
            return ("cardnumber", error.GetProperty("cardnumber").GetString());
        if (error.TryGetProperty("duplicate_userid", out _))
            return ("userid", error.GetProperty("userid").GetString());
        if (error.TryGetProperty("unknown_error", out _))
            return ("patron_attributes", null);
        if (error.EnumerateObject().Any(member => member.Name.StartsWith("patron_attribute_", StringComparison.Ordinal)))
            return ("patron_attributes", error.TryGetProperty("patron_id", out var id) ? id.GetString() : null);
        return null;
    }

    private static bool HeaderIsReadable(string line, out List<string> header)
    {
        var text = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(line));
        header = KohaCsvLine.Parse(text, out _) ?? [];
        header = [.. header.Select(name => name.Replace(" ", "").TrimStart('\uFEFF'))];
        return header.Count > 0;
    }

    /// <summary>What was given and is not there, row by row.</summary>
    private IEnumerable<(int, string?)> Changed(List<string> header, string[] lines, HashSet<int> refused)
    {
        var known = KohaTable.Older;
        var stored = After.ToDictionary(patron => patron.GetProperty("borrowernumber").GetInt64());
        var free = new HashSet<long>(stored.Keys);
        foreach (var column in header.Where(column => column.Length > 0 && known.Find(column) is null))
            yield return (1, column);
        foreach (var twice in header.GroupBy(column => column).Where(group => group.Count() > 1))
            yield return (1, twice.Key);
        for (var line = 2; line <= lines.Length; line++)
        {
            var bytes = Encoding.Latin1.GetBytes(lines[line - 1]);
            if (bytes.Length == 0 || refused.Contains(line) || KohaCsvLine.Parse(Encoding.UTF8.GetString(bytes), out _) is not { } fields)
                continue;
            var given = header.Zip(fields).GroupBy(pair => pair.First).ToDictionary(group => group.Key, group => group.Last().Second);
            if (fields.Skip(header.Count).Any(field => field.Trim().Length > 0))
                yield return (line, null);
            if (fields.Count < header.Count)
                yield return (line, header[fields.Count]);
            if (Find(given, free) is not { } patron)
            {
                yield return (line, MatchColumn);
                continue;
            }

            var number = patron.GetProperty("borrowernumber").GetInt64();
            free.Remove(number);
            var before = Before.Cast<JsonElement?>().FirstOrDefault(each => each!.Value.GetProperty("borrowernumber").GetInt64() == number);
            if (before is not null && !Options.Overwrite)
            {
                yield return (line, MatchColumn);
                continue;
            }

            foreach (var column in ChangedIn(given, patron, before))
                yield return (line, column);
        }
    }

    private string MatchColumn => Options.MatchPoint is "userid" or "cardnumber" ? Options.MatchPoint : "patron_attributes";

    /// <summary>The stored patron that a row became: by what it was matched on, else the next one that is new.</summary>
    private JsonElement? Find(Dictionary<string, string> given, HashSet<long> free)
    {
        var known = new KnownPatrons(After.Where(patron => free.Contains(patron.GetProperty("borrowernumber").GetInt64())).Select(Known));
        var old = new KnownPatrons(Before.Select(Known));
        given.TryGetValue("userid", out var userId);
        given.TryGetValue("cardnumber", out var card);
        given.TryGetValue("patron_attributes", out var attributes);
        var unique = PatronAttributes.Parse(attributes ?? "").All.FirstOrDefault(attribute => attribute.Key == Options.MatchPoint);
        var match = Options.MatchPoint switch
        {
            "userid" => userId is { Length: > 0 } ? old.WithUserId(userId) ?? known.WithUserId(userId) : null,
            "cardnumber" => card is { Length: > 0 } ? old.WithCard(card) ?? known.WithCard(card) : null,
            _ => unique.Key is null ? null : old.WithAttribute(unique) ?? known.WithAttribute(unique),
        };
        var fresh = free.Except(Before.Select(patron => patron.GetProperty("borrowernumber").GetInt64())).Order().Cast<long?>().FirstOrDefault();
        return After.Cast<JsonElement?>().FirstOrDefault(patron => patron!.Value.GetProperty("borrowernumber").GetInt64() == (match?.PatronId ?? fresh));
    }

    private IEnumerable<string> ChangedIn(Dictionary<string, string> given, JsonElement patron, JsonElement? before)
    {
        foreach (var field in patron.EnumerateObject().Where(field => field.Name is not ("borrowernumber" or "attributes")))
        {
            var stored = field.Value.GetString() ?? "";
            var was = before is { } old ? old.GetProperty(field.Name).GetString() ?? "" : "";
            given.TryGetValue(field.Name, out var value);
            value ??= "";
            if (value.Trim().Length == 0 && Options.Defaults.TryGetValue(field.Name, out var preset))
                value = preset;
            var isMeant = value.Trim().Length > 0 ? stored == DayOf(field.Name, value)
                : before is not null ? stored == was
                : stored.Length == 0 || DatesOfKoha.Contains(field.Name);
            // A loose match that rewrites the key is a change of the patron that was there, although the row is taken as given.
            if (!isMeant || field.Name == "userid" && was.Length > 0 && value.Length > 0 && stored != was)
                yield return field.Name;
        }

        if (AttributesChanged(given, Attributes(patron), before is null ? [] : Attributes(before.Value)))
            yield return "patron_attributes";
    }

    private static bool AttributesChanged(Dictionary<string, string> given, List<KeyValuePair<string, string>> stored, List<KeyValuePair<string, string>> before)
    {
        given.TryGetValue("patron_attributes", out var cell);
        var list = PatronAttributes.Parse(cell ?? "");
        if (list.All.Count == 0)
            return !stored.SequenceEqual(before);
        var lost = before.Select(attribute => attribute.Key).Except(stored.Select(attribute => attribute.Key)).Any();
        var doubled = stored.GroupBy(Pair).Any(group => group.Count() > Math.Max(list.All.Count(each => Pair(each) == group.Key), before.Count(each => Pair(each) == group.Key)));
        // Without a colon Koha stores no value at all.
        return lost || doubled || list.All.Any(attribute => !stored.Contains(attribute)) || list.Fault == AttributeFault.NoColon;
    }

    private static (string, string) Pair(KeyValuePair<string, string> attribute) => (attribute.Key, attribute.Value);

    /// <summary>A date as it is meant, in year-month-day.</summary>
    private string DayOf(string column, string value)
    {
        if (column is not ("dateofbirth" or "dateenrolled" or "dateexpiry"))
            return value;
        var pattern = Options.DateFormat switch { KohaDateFormat.Us => "MM/dd/yyyy", KohaDateFormat.Metric => "dd/MM/yyyy", KohaDateFormat.DmyDot => "dd.MM.yyyy", _ => "yyyy-MM-dd" };
        return value.Length >= 10 && DateTime.TryParseExact(value.Substring(0, 10), [pattern, "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : value;
    }

    public override string ToString() => Name;
}
