using KohaPatron.Core.PatronSync.Journal;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>One write to one patron.</summary>
/// <param name="PatronId">Koha's number of the patron.</param>
/// <param name="UserId">The user id that the patron must have for the step to be right.</param>
/// <param name="Fields">The fields, with the values that they must have.</param>
internal sealed record PatronStep(int PatronId, string UserId, IReadOnlyList<FieldChange> Fields)
{
    /// <summary>Fields that are written by another step, and must be as planned for this one too.</summary>
    public IReadOnlyList<FieldChange> Others { get; init; } = [];

    /// <summary>The circle to which it belongs: the number of its first step, 0 for that step itself, or null.</summary>
    public long? Circle { get; init; }

    /// <summary>The card that a parked patron is to have in the end.</summary>
    public string? Then { get; init; }

    /// <summary>Whether it gives back what must not stay: then it is done even if the journal cannot be written any more.</summary>
    public bool IsRescue { get; init; }

    public static PatronStep Of(PatronLine line) => new(line.PatronId!.Value, line.UserId, line.Fields);

    /// <summary>Whether a line changes anything but attributes.</summary>
    public static bool TouchesRecord(PatronLine line) => line.Fields.Any(IsOfRecord);

    /// <summary>The step for the record alone: a circle of cards closes before anybody's attributes are written.</summary>
    public static PatronStep OfRecord(PatronLine line) => Of(line) with { Fields = [.. line.Fields.Where(IsOfRecord)], Others = [.. line.Fields.Where(change => !IsOfRecord(change))] };

    /// <summary>The step for the attributes, after that of the record; null: there is nothing to do.</summary>
    public static PatronStep? OfAttributes(PatronLine line) => line.Fields.All(IsOfRecord) ? null : Of(line) with { Fields = [.. line.Fields.Where(change => !IsOfRecord(change))] };

    private static bool IsOfRecord(FieldChange change) => AttributeValues.TypeOf(change.Field) is null;
}

/// <summary>How a step ended.</summary>
internal enum StepEnd
{
    /// <summary>Koha has the new values.</summary>
    Done,

    /// <summary>Koha had them already.</summary>
    HadThem,

    /// <summary>The patron is not as the plan saw it, or somebody else has the card. Nothing was written.</summary>
    Conflict,

    /// <summary>There is no such patron any more.</summary>
    Gone,

    /// <summary>Koha refused, or took only a part.</summary>
    Failed,

    /// <summary>Nobody knows; the next run asks Koha.</summary>
    Unknown,
}

/// <summary>How a step ended, and why; with the line of the journal if anything may have arrived.</summary>
internal sealed record StepResult(StepEnd End, string? Why = null, JournalLine? Sent = null)
{
    /// <summary>How long to wait before it is tried again; null: it is not.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>What ends the run after what it has to put back, where it is not tried again: that the outcome could not be noted, or that no token is taken.</summary>
    public Notices.KohaPatronException? Fault { get; init; }
}
