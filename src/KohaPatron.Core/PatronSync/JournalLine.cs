using System.Text.Json.Serialization;

namespace KohaPatron.Core.PatronSync;

/// <summary>What a line of the journal tells.</summary>
internal enum JournalEvent
{
    /// <summary>A write is about to be sent.</summary>
    Intent,

    /// <summary>Koha has the new number.</summary>
    Done,

    /// <summary>Koha has not got the new number.</summary>
    NotDone,

    /// <summary>Nobody knows yet: the next run asks Koha.</summary>
    Unknown,
}

/// <summary>A line of the journal. It holds card numbers, and is therefore readable by its owner alone; no names.</summary>
internal sealed record JournalLine(
    [property: JsonConverter(typeof(JsonStringEnumConverter<JournalEvent>))] JournalEvent Event,
    DateTimeOffset Time,
    long Step,
    int PatronId,
    string? UserId,
    string? Before,
    string? After,
    string? Statistics2Before);

[JsonSerializable(typeof(JournalLine))]
internal sealed partial class JournalJson : JsonSerializerContext;
