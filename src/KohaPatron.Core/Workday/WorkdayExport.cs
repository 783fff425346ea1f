namespace KohaPatron.Core.Workday;

/// <summary>
/// One export while and after it is read. Whoever holds a person of it can ask at the end whether everybody was seen:
/// an incomplete export is never evidence that somebody is gone.
/// </summary>
internal sealed class WorkdayExport(string name, WorkdayPersonType? type)
{
    /// <summary>The file's path or the object's address.</summary>
    public string Name { get; } = name;

    /// <summary>The name without its folder, for messages.</summary>
    public string ShortName => Name.Substring(Name.LastIndexOfAny(['/', '\\']) + 1);

    /// <summary>What the file is known to hold; null: each record tells by its fields.</summary>
    public WorkdayPersonType? Type { get; } = type;

    /// <summary>How many people were read so far.</summary>
    public long People { get; set; }

    /// <summary>Whether reading ended at a proper end of the export; false while it is being read.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Whether reading ended early because of a fault.</summary>
    public bool IsBroken { get; set; }
}
