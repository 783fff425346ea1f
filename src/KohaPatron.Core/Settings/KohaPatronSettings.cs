namespace KohaPatron.Core.Settings;

/// <summary>How long an account lasts, seen from the semester's end or from today.</summary>
internal enum ExpiryDay
{
    /// <summary>The last day of the semester.</summary>
    SemesterEnd,

    /// <summary>The last day of the month in which the semester ends.</summary>
    EndOfMonth,

    /// <summary>A year from today; from 29 February: 28 February.</summary>
    OneYearFromToday,
}

/// <summary>When the accounts of Faculty expire.</summary>
/// <param name="ByMonth">The day by the month in which the semester ends: the next such day.</param>
/// <param name="Otherwise">The rule for the other months; null: an error.</param>
internal sealed record FacultyExpiry(IReadOnlyDictionary<int, MonthDay> ByMonth, ExpiryDay? Otherwise);

/// <summary>The types of Koha's patron attributes that a row carries.</summary>
internal sealed record AttributeTypes(string UniversalId, string StudentId, string Major, string Department);

/// <summary>Koha's authorised value categories whose values are the codes of the tables.</summary>
internal sealed record AuthorisedValueCategories(string Major, string Department);

/// <summary>As whom Cloud Storage is read, where a cmdlet does not say; null: Google's application-default credentials, nobody else, no payer.</summary>
internal sealed record StorageSettings(string? CredentialPath, string? ImpersonateServiceAccount, string? UserProject)
{
    /// <summary>What is not said here as it is said there.</summary>
    public StorageSettings Or(StorageSettings other) => new(CredentialPath ?? other.CredentialPath, ImpersonateServiceAccount ?? other.ImpersonateServiceAccount, UserProject ?? other.UserProject);
}

/// <summary>Everything that the rules depend on; values only, no clock and no files.</summary>
internal sealed record KohaPatronSettings
{
    /// <summary>The name of the built-in profile in force.</summary>
    public required string Profile { get; init; }

    /// <summary>Folder or gs:// address with the exports, or null.</summary>
    public string? Source { get; init; }

    public required StorageSettings Storage { get; init; }

    /// <summary>The reports that the settings say something of, by what they hold.</summary>
    public required IReadOnlyDictionary<string, ExportSettings> Exports { get; init; }

    /// <summary>The prox report's path, or null.</summary>
    public string? ProxReport { get; init; }

    public required string Library { get; init; }

    public required AttributeTypes Attributes { get; init; }

    public required AuthorisedValueCategories AuthorisedValues { get; init; }

    public required CardNumberRule CardNumber { get; init; }

    public required bool UseInactiveCards { get; init; }

    /// <summary>How many days old an export or prox report may be before it is a warning.</summary>
    public required int MaximumAge { get; init; }

    public required IReadOnlyCollection<string> Exceptions { get; init; }

    public required IReadOnlyCollection<string> ProxExceptions { get; init; }

    public required IReadOnlyCollection<string> ProxLeftOutJobProfiles { get; init; }

    public required bool ProxLeavesOutNoEmail { get; init; }

    /// <summary>The fields of whole records that are compared: columns, and attributes by their type or as patron_attributes.</summary>
    public required IReadOnlyCollection<string> CompareFields { get; init; }

    /// <summary>The fields that are never changed, whatever is compared.</summary>
    public required IReadOnlyCollection<string> ProtectedFields { get; init; }

    /// <summary>User ids, universal IDs or patron numbers of patrons who are left alone.</summary>
    public required IReadOnlyCollection<string> ProtectedPatrons { get; init; }

    public required IReadOnlyCollection<string> LeftOutEtypes { get; init; }

    public required IReadOnlyCollection<string> LeftOutJobProfiles { get; init; }

    public required IReadOnlyCollection<string> InstructorJobProfiles { get; init; }

    public required ExpiryDay InstructorExpiry { get; init; }

    public required ExpiryDay StaffExpiry { get; init; }

    public required FacultyExpiry FacultyExpiry { get; init; }

    public required IReadOnlyDictionary<string, string?> Categories { get; init; }

    public required IReadOnlyDictionary<string, string?> Majors { get; init; }

    public required IReadOnlyDictionary<string, string?> Departments { get; init; }

    /// <summary>Every value in force with its origin, for Get-KohaPatronSetting.</summary>
    public required Lazy<IReadOnlyList<KohaPatronSetting>> InForce { get; init; }

    /// <summary>The full path of the settings file; null: the built-in profile stands alone.</summary>
    public required string? File { get; init; }

    /// <summary>How the settings are called in messages: the file, or the built-in profile.</summary>
    public required string Name { get; init; }
}

/// <summary>A setting in force.</summary>
/// <param name="Name">The key of the settings file.</param>
/// <param name="Value">The value: text, true or false, a list, or a table.</param>
/// <param name="Source">Where the value comes from: a built-in profile, a line of a file, a parameter.</param>
/// <param name="Description">What the setting does.</param>
/// <param name="IsOwn">Whether the value, or for a table some of it, is the user's own and not a built-in one.</param>
public sealed record KohaPatronSetting(string Name, object? Value, string Source, string Description, bool IsOwn);
