using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Settings;

/// <summary>What the user asked for, and where settings may lie; the cmdlets fill it in.</summary>
/// <param name="SettingsPath">-SettingsPath, or null.</param>
/// <param name="Profile">-Profile, or null.</param>
/// <param name="EnvironmentPath">$env:KOHA_PATRON_SETTINGS, or null.</param>
/// <param name="UserFolder">The folder of the user's configuration, in which koha-patron.json may lie.</param>
internal sealed record SettingsRequest(string? SettingsPath, string? Profile, string? EnvironmentPath, string? UserFolder);

/// <summary>
/// Finds the settings file (-SettingsPath, then KOHA_PATRON_SETTINGS, then the user's configuration folder), and lays it
/// over a built-in profile. A profile is a settings file like any other.
/// </summary>
internal static class SettingsLoader
{
    public const string FileName = "koha-patron.json";
    public const string DefaultProfile = "2023";

    private static readonly ConcurrentDictionary<string, SettingsNode> Profiles = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> ProfileNames => [DefaultProfile, "2026"];

    /// <exception cref="KohaPatronException">The file is missing or has a mistake.</exception>
    public static KohaPatronSettings Load(SettingsRequest request)
    {
        var file = FindFile(request);
        var root = file is null ? null : ReadFile(file);
        var (profile, profileSource) = ChooseProfile(request, root, file);
        return new Layers(ReadProfile(profile), profile, profileSource, root, file).ToSettings();
    }

    private static string? FindFile(SettingsRequest request)
    {
        if (!string.IsNullOrWhiteSpace(request.SettingsPath))
            return Existing(request.SettingsPath!, "named by -SettingsPath");
        if (!string.IsNullOrWhiteSpace(request.EnvironmentPath))
            return Existing(request.EnvironmentPath!, "named by the environment variable KOHA_PATRON_SETTINGS");
        if (string.IsNullOrWhiteSpace(request.UserFolder))
            return null;
        var own = Path.Combine(request.UserFolder!, FileName);
        return File.Exists(own) ? own : null;
    }

    private static string Existing(string path, string source) =>
        InputFile.Exists(path) || Directory.Exists(path) ? path : throw new KohaPatronException(SettingsNotices.NotFound(path, source));

    private static SettingsNode ReadFile(string path)
    {
        var name = Path.GetFileName(path);
        var bytes = ReadBytes(path);
        try
        {
            var root = SettingsNode.Parse(bytes);
            SettingsKeys.Check(root, name);
            return root;
        }
        catch (JsonException e)
        {
            throw new KohaPatronException(SettingsNotices.NotJson(name, SettingsSlip.Of(bytes, e), e));
        }
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            using var file = InputFile.Open(path, bufferSize: 4096);
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KohaPatronException(SettingsNotices.CannotRead(path, e));
        }
    }

    private static (string Name, string Source) ChooseProfile(SettingsRequest request, SettingsNode? root, string? file)
    {
        if (!string.IsNullOrWhiteSpace(request.Profile))
            return (Known(request.Profile!, "-Profile"), "-Profile");
        if (root?.Members.FirstOrDefault(member => member.Key == "profile").Value is { } node)
        {
            var place = $"{Path.GetFileName(file)}, line {node.Line}";
            return (Known(node.Text, place), place);
        }

        return (DefaultProfile, "default");
    }

    private static string Known(string profile, string place) => ProfileNames.Contains(profile, StringComparer.Ordinal)
        ? profile
        : throw new KohaPatronException(SettingsNotices.UnknownProfile(place, profile, ProfileNames));

    /// <summary>A built-in profile; it is parsed once, for it cannot change.</summary>
    private static SettingsNode ReadProfile(string name) => Profiles.GetOrAdd(name, ParseProfile);

    private static SettingsNode ParseProfile(string name)
    {
        using var stream = typeof(SettingsLoader).Assembly.GetManifestResourceStream($"profiles/{name}.json")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return SettingsNode.Parse(copy.ToArray());
    }

    /// <summary>A line of a table, and where it comes from.</summary>
    private sealed record TableEntry(string Name, string? Value, string Source);

    /// <summary>The user's file over the profile.</summary>
    private sealed class Layers(SettingsNode profile, string profileName, string profileSource, SettingsNode? root, string? file)
    {
        private readonly string _fileName = file is null ? string.Empty : Path.GetFileName(file);

        private bool ReplaceTables => InFile("replaceTables")?.Kind == JsonValueKind.True;

        public KohaPatronSettings ToSettings()
        {
            var expiry = Table("expiry");
            var attributes = Table("attributes");
            var authorisedValues = Table("authorisedValues");
            var storage = Table("storage");
            return new KohaPatronSettings
            {
                Profile = profileName,
                File = file,
                Name = file is null ? $"built-in profile {profileName}" : $"{_fileName} over built-in profile {profileName}",
                Source = Resolve(Node("source")?.Text),
                Exports = ExportKeys.Read(Node(ExportKeys.Name)),
                Storage = new(Resolve(Entry(storage, "credentialPath")), Entry(storage, "impersonateServiceAccount"), Entry(storage, "userProject")),
                ProxReport = Resolve(Node("proxReport")?.Text),
                Library = Text(Node("library")!)!,
                Attributes = new(attributes["universalId"]!, attributes["studentId"]!, attributes["major"]!, attributes["department"]!),
                AuthorisedValues = new(authorisedValues["major"]!, authorisedValues["department"]!),
                CardNumber = CardNumber(Node("cardNumber")!),
                MaximumAge = int.Parse(Node("maximumAge")!.Text, CultureInfo.InvariantCulture),
                UseInactiveCards = Node("useInactiveCards")!.Kind == JsonValueKind.True,
                Exceptions = new HashSet<string>(List(Node("exceptions")!), StringComparer.OrdinalIgnoreCase),
                ProxExceptions = new HashSet<string>(List(Node("proxExceptions")!), StringComparer.OrdinalIgnoreCase),
                ProxLeftOutJobProfiles = List(Node("proxLeaveOutJobProfiles")!),
                ProxLeavesOutNoEmail = Node("proxLeaveOutNoEmail")!.Kind == JsonValueKind.True,
                CompareFields = List(Node("compare")!),
                ProtectedFields = List(GroupMember("protect", "fields")),
                ProtectedPatrons = List(GroupMember("protect", "patrons")),
                LeftOutEtypes = new HashSet<string>(List(GroupMember("leaveOut", "etypes")), StringComparer.Ordinal),
                LeftOutJobProfiles = new HashSet<string>(List(GroupMember("leaveOut", "jobProfiles")), StringComparer.Ordinal),
                InstructorJobProfiles = new HashSet<string>(List(Node("instructorJobProfiles")!), StringComparer.Ordinal),
                InstructorExpiry = Rule(expiry["Instructors"]!),
                StaffExpiry = Rule(expiry["Staff"]!),
                FacultyExpiry = Faculty(Table("facultyExpiry")),
                Categories = Table("categories"),
                Majors = Table("majors"),
                Departments = Table("departments"),
                InForce = new(() => [.. InForce()]),
            };
        }

        private SettingsNode? InFile(string key) => Member(root, key);

        private SettingsNode? Node(string key) => InFile(key) ?? Member(profile, key);

        private SettingsNode GroupMember(string key, string member) => Member(InFile(key), member) ?? Member(Member(profile, key), member)!;

        private static SettingsNode? Member(SettingsNode? node, string key) => node?.Members.FirstOrDefault(member => member.Key == key).Value;

        private Dictionary<string, string?> Table(string key)
        {
            var table = new Dictionary<string, string?>(StringComparer.Ordinal);
            foreach (var entry in Entries(key))
                table[entry.Name] = entry.Value;
            return table;
        }

        private static string? Entry(Dictionary<string, string?> table, string name) => table.TryGetValue(name, out var value) ? value : null;

        private List<TableEntry> Entries(string key)
        {
            var alone = ReplaceTables && (key is "categories" or "majors" or "departments");
            var entries = new Dictionary<string, TableEntry>(StringComparer.Ordinal);
            if (!alone && Member(profile, key) is { } builtIn)
            {
                foreach (var member in builtIn.Members)
                    entries[member.Key] = new(member.Key, Text(member.Value), BuiltIn);
            }

            foreach (var member in InFile(key)?.Members ?? [])
                entries[member.Key] = new(member.Key, Text(member.Value), Line(member.Value));
            return [.. entries.Values];
        }

        private IEnumerable<KohaPatronSetting> InForce()
        {
            yield return new("profile", profileName, profileSource, Describe("profile"), profileSource != "default");
            yield return new("settingsFile", file, file is null ? "default" : "found", "The settings file in force; none: the built-in profile alone.", file is not null);
            foreach (var key in SettingsKeys.All.Where(key => key.Name is not ("profile" or "$schema")))
            {
                if (key.Shape is SettingsShape.Table or SettingsShape.NullableTable)
                    yield return TableInForce(key);
                else if (key.Shape == SettingsShape.Exports && InFile(key.Name) is { } exports)
                    foreach (var setting in exports.Members.SelectMany(report => ReportInForce(key, report)))
                        yield return setting;
                else if (key.Shape == SettingsShape.Group)
                    foreach (var member in key.Members!)
                        yield return new($"{key.Name}.{member}", List(GroupMember(key.Name, member)), SourceOf(Member(InFile(key.Name), member)), key.Description, Member(InFile(key.Name), member) is not null);
                else
                    yield return new(key.Name, ValueOf(key, Node(key.Name)), Node(key.Name) is null ? "not set" : SourceOf(InFile(key.Name)), key.Description, InFile(key.Name) is not null);
            }
        }

        private KohaPatronSetting TableInForce(SettingsKey key)
        {
            var entries = Entries(key.Name);
            var own = entries.Count(entry => entry.Source != BuiltIn);
            var source = own == 0 ? BuiltIn
                : own == entries.Count ? _fileName
                : $"{BuiltIn}; {own} of {entries.Count} from {_fileName}";
            var table = new SettingsTable(entries.Select(entry => new KohaPatronSetting($"{key.Name}.{entry.Name}", entry.Value, entry.Source, key.Description, entry.Source != BuiltIn)));
            return new(key.Name, table, source, key.Description, own > 0);
        }

        private IEnumerable<KohaPatronSetting> ReportInForce(SettingsKey key, KeyValuePair<string, SettingsNode> report)
        {
            foreach (var member in report.Value.Members)
            {
                var name = $"{key.Name}.{report.Key}.{member.Key}";
                yield return member.Key == ExportKeys.Fields
                    ? new(name, new SettingsTable(member.Value.Members.Select(field => new KohaPatronSetting($"{name}.{field.Key}", ExportKeys.InWords(field.Value), Line(field.Value), ExportKeys.FieldsDescription, true))), Line(member.Value), key.Description, true)
                    : new(name, member.Value.Text, Line(member.Value), key.Description, true);
            }
        }

        private string BuiltIn => $"built-in profile {profileName}";

        private string SourceOf(SettingsNode? inFile) => inFile is null ? BuiltIn : Line(inFile);

        private string Line(SettingsNode node) => $"{_fileName}, line {node.Line}";

        private static string Describe(string key) => SettingsKeys.All.First(each => each.Name == key).Description;

        private static string? Text(SettingsNode node) => node.Kind == JsonValueKind.Null ? null : node.Text.Trim();

        private static string[] List(SettingsNode node) => [.. node.Elements.Select(element => element.Text.Trim())];

        private static object? ValueOf(SettingsKey key, SettingsNode? node) => node is null ? null : key.Shape switch
        {
            SettingsShape.Flag => node.Kind == JsonValueKind.True,
            SettingsShape.List => List(node),
            SettingsShape.CardNumber => CardNumber(node).ToString(),
            _ => node.Text,
        };

        private static CardNumberRule CardNumber(SettingsNode node) =>
            new(Member(node, "digits") is { } digits ? int.Parse(digits.Text, CultureInfo.InvariantCulture) : null);

        private static ExpiryDay Rule(string name) => name switch
        {
            nameof(ExpiryDay.SemesterEnd) => ExpiryDay.SemesterEnd,
            nameof(ExpiryDay.EndOfMonth) => ExpiryDay.EndOfMonth,
            _ => ExpiryDay.OneYearFromToday,
        };

        private static FacultyExpiry Faculty(Dictionary<string, string?> table)
        {
            var byMonth = new Dictionary<int, MonthDay>();
            foreach (var entry in table)
            {
                if (entry.Key != SettingsKeys.Otherwise && MonthDay.TryParse(entry.Value!, out var day))
                    byMonth[DateTime.ParseExact(entry.Key, "MMMM", CultureInfo.InvariantCulture).Month] = day;
            }

            var otherwise = table[SettingsKeys.Otherwise]!;
            return new FacultyExpiry(byMonth, otherwise == "Error" ? null : Rule(otherwise));
        }

        /// <summary>A relative path in the file is meant from the file's folder.</summary>
        private string? Resolve(string? path)
        {
            if (string.IsNullOrWhiteSpace(path) || file is null || path!.Contains("://"))
                return path;
            return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, path));
        }
    }
}

/// <summary>A table of the settings, with the origin of each entry.</summary>
public sealed class SettingsTable
{
    internal SettingsTable(IEnumerable<KohaPatronSetting> entries) => Entries = [.. entries];

    /// <summary>The entries, named <c>table.term</c>.</summary>
    public IReadOnlyList<KohaPatronSetting> Entries { get; }

    /// <summary>How many entries there are.</summary>
    public override string ToString() => $"{Entries.Count.ToString(CultureInfo.InvariantCulture)} entries";
}
