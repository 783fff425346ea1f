namespace KohaPatron.Core.Mapping;

/// <summary>Which table of the settings a term belongs to.</summary>
public enum MappingKind
{
    /// <summary>A program of study: the table "majors".</summary>
    Major,

    /// <summary>A program, department or job profile of an employee: the table "departments".</summary>
    Department,

    /// <summary>An academic level or etype: the table "categories".</summary>
    Category,
}

/// <summary>What there is to say of a term.</summary>
public enum MappingChange
{
    /// <summary>The exports have the term, the table has not.</summary>
    Unmapped,

    /// <summary>The exports have the term, and had it not at the last check.</summary>
    New,

    /// <summary>The exports had the term at the last check, and have it no more.</summary>
    Gone,

    /// <summary>The table has the term, and no export has.</summary>
    Dead,

    /// <summary>The table gives the term a code that Koha has not.</summary>
    CodeNotInKoha,
}

/// <summary>A term of the exports that the tables of the settings lack, or whose place in them has changed.</summary>
/// <param name="Kind">Which table it belongs to.</param>
/// <param name="Term">The term, as Workday writes it.</param>
/// <param name="Change">What there is to say of it.</param>
/// <param name="IsMapped">Whether the table has it.</param>
/// <param name="Code">Its code in the table; null: none.</param>
/// <param name="People">How many people of the exports have it.</param>
/// <param name="Users">Some of their user names.</param>
/// <param name="Nearest">The terms of the table that look most like it, the best first.</param>
/// <param name="SettingsLine">A line to paste into the table; its code is a guess from the nearest term, and marked as one. In front of the first of a table comments name it.</param>
public sealed record MappingGap(
    MappingKind Kind,
    string Term,
    MappingChange Change,
    bool IsMapped,
    string? Code,
    int People,
    IReadOnlyList<string> Users,
    IReadOnlyList<string> Nearest,
    string? SettingsLine)
{
    /// <summary>Whether people of this run get no code, or one that Koha does not have.</summary>
    internal bool NeedsWork => Change == MappingChange.CodeNotInKoha || !IsMapped && Change != MappingChange.Gone;
}
