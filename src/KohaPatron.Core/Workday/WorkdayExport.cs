using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Workday;

/// <summary>
/// One export while and after it is read. Whoever holds a person of it can ask at the end whether everybody was seen:
/// an incomplete export is never evidence that somebody is gone.
/// </summary>
internal sealed class WorkdayExport
{
    public WorkdayExport(string name, WorkdayPersonType? type, InputReading? reading = null)
    {
        Name = name;
        Type = type;
        Reading = reading ?? new InputReading();
        Reading.Watch(() => WorkdayNotices.Lack(this));
    }

    /// <summary>The file's path or the object's address.</summary>
    public string Name { get; }

    /// <summary>The name without its folder, for messages.</summary>
    public string ShortName => Name.Substring(Name.LastIndexOfAny(['/', '\\']) + 1);

    /// <summary>What the file is known to hold; null: each record tells by its fields.</summary>
    public WorkdayPersonType? Type { get; }

    /// <summary>What the reports of the library are called, and how they are written.</summary>
    public ExportLayouts Layouts { get; init; } = ExportLayouts.BuiltIn;

    /// <summary>Whether the file turned out to be a CSV.</summary>
    public bool IsCsv { get; set; }

    /// <summary>The reading that this export is part of, with those that are read with it.</summary>
    public InputReading Reading { get; }

    /// <summary>How many records could not be read so far.</summary>
    public long Unreadable { get; set; }

    /// <summary>When the export was written last; null where nobody knows.</summary>
    public DateTimeOffset? Written { get; init; }

    /// <summary>How many people were read so far.</summary>
    public long People { get; set; }

    /// <summary>Whether reading ended at a proper end of the export; false while it is being read.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Whether reading ended early because of a fault.</summary>
    public bool IsBroken { get; set; }
}
