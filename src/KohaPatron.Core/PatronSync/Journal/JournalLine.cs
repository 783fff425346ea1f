using System.Text.Json.Serialization;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Journal;

/// <summary>What a line of the journal tells.</summary>
internal enum JournalEvent
{
    /// <summary>A write is about to be sent.</summary>
    Intent,

    /// <summary>Koha has the new values.</summary>
    Done,

    /// <summary>Koha has not got the new values.</summary>
    NotDone,

    /// <summary>Nobody knows yet: the next run asks Koha.</summary>
    Unknown,
}

/// <summary>The first line of a journal: what the file is, and for which Koha.</summary>
internal sealed record JournalHeader(string Journal, int Version, string ApiRoot)
{
    public const string Name = "KohaPatron";
    public const int CurrentVersion = 2;
}

/// <summary>A line of the journal. It holds card numbers and perhaps names, and is therefore readable by its owner alone.</summary>
/// <param name="Event">What the line tells.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Step">The number of the write; its intent and its outcome have the same.</param>
/// <param name="Kind">What was to happen.</param>
/// <param name="PatronId">Koha's number of the patron; null before it is made.</param>
/// <param name="UserId">The patron's user id.</param>
/// <param name="Circle">The step that parked the circle to which this write belongs.</param>
/// <param name="Then">The card that a parked patron is to have in the end.</param>
/// <param name="Fields">The fields with the values before and after; of an outcome, those that Koha took.</param>
internal sealed record JournalLine(
    [property: JsonPropertyOrder(-1)] JournalEvent Event,
    DateTimeOffset Time,
    long Step,
    LineKind Kind,
    int? PatronId,
    string UserId,
    long? Circle,
    string? Then,
    IReadOnlyList<FieldChange> Fields)
{
    /// <summary>When Koha last wrote a patron whom the journal's runs made (updated_on), after this write; null: nobody asked, or Koha does not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stamp { get; init; }

    /// <summary>The same before this write, if it is the first of a step: another than after the run's last one is somebody else's work.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StampBefore { get; init; }

    /// <summary>What it did to the card; null: nothing.</summary>
    [JsonIgnore]
    public FieldChange? Card => Fields.FirstOrDefault(change => change.Field == PatronFields.CardNumber);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(JournalHeader))]
[JsonSerializable(typeof(JournalLine))]
internal sealed partial class JournalJson : JsonSerializerContext;
