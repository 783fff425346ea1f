using System.Collections;
using System.Globalization;
using System.Management.Automation;
using KohaPatron.Core.Files;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Csv;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Preflight;
using KohaPatron.Core.Preflight.Matching;
using KohaPatron.Core.Registration;
using KohaPatron.Core.Settings;
using KohaPatron.PowerShell.Binding;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Tells what Koha's patron import would refuse or silently change, before the file is uploaded. Nothing found: no output.
/// With a connection it also tells which libraries and categories Koha does not have (GET /libraries, /patron_categories), and
/// which user ids and card numbers other patrons have (GET /patrons). Without one, Koha's codes can be named.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "KohaPatronCsv", DefaultParameterSetName = ByPath)]
[OutputType(typeof(PatronCsvProblem))]
[OutputType(typeof(bool))]
public sealed class TestKohaPatronCsvCommand : SettingsCmdlet
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";
    private const string ByObject = "InputObject";

    private PreflightOptions _options = new();
    private Func<IReadOnlyList<PatronKeys>, KnownPatrons>? _askKoha;
    private PatronCsvPreflight? _rows;
    private readonly MissingCodes _missingCodes = new();
    private bool _found;
    private bool _areNoPatrons;

    /// <summary>Import files; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Import files, taken as they are written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Rows of ConvertTo-KohaPatronCsv, objects whose property names are Koha's columns, or files.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>What the import will match on: userid, cardnumber, or the type of a unique attribute.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string MatchPoint { get; set; } = PreflightOptions.ByUserId;

    /// <summary>The import will overwrite patrons that exist, rather than skip them.</summary>
    [Parameter]
    public SwitchParameter Overwrite { get; set; }

    /// <summary>The import will replace only the attributes that a row has.</summary>
    [Parameter]
    public SwitchParameter PreserveAttribute { get; set; }

    /// <summary>The import form's default values: column = value.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Default { get; set; }

    /// <summary>The connection, as Connect-Koha -PassThru gives it, or its name, to the Koha that the file is meant for.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ConnectionOrName? Connection { get; set; }

    /// <summary>Koha's release, such as 23.05. Left out: what any release since 23.05 objects to.</summary>
    [Parameter]
    [ValidateNotNull]
    public Version? KohaVersion { get; set; }

    /// <summary>Koha's preference dateformat.</summary>
    [Parameter]
    [ValidateSet("Iso", "Us", "Metric", "DmyDot")]
    public string DateFormat { get; set; } = "Iso";

    /// <summary>Koha's preference CardnumberLength, such as 7 or 7,14.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyString]
    public string[] CardNumberLength { get; set; } = [];

    /// <summary>The codes of all libraries in Koha.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? KnownLibrary { get; set; }

    /// <summary>The codes of all patron categories in Koha.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? KnownCategory { get; set; }

    /// <summary>All types of patron attributes in Koha.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? KnownAttributeType { get; set; }

    /// <summary>The attribute types that a patron may have several times.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? RepeatableAttributeType { get; set; }

    /// <summary>The attribute types of which no two patrons may have the same value.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? UniqueAttributeType { get; set; }

    /// <summary>Gives $true where nothing is found, else $false, and nothing else.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void Begin()
    {
        // To PowerShell 7,14 without quotes is a list of two.
        var preference = string.Join(",", CardNumberLength);
        if (!Core.Preflight.CardNumberLength.TryParse(preference, out var length))
            throw new KohaPatronException(PreflightNotices.BadCardNumberLength(preference));
        // What a load of this module writes once for each patron; the universal ID is that of nobody else.
        var own = SettingsSource.Load(this, SettingsPath, Profile, Tell).Attributes;
        _options = new PreflightOptions
        {
            Version = KohaVersion,
            MatchPoint = MatchPoint,
            Overwrite = Overwrite,
            Preserve = PreserveAttribute,
            Defaults = Default is null ? _options.Defaults : Default.Keys.Cast<object>().ToDictionary(Text, key => Text(Default[key]), StringComparer.Ordinal),
            DateFormat = FormatOf(DateFormat),
            CardNumberLength = length,
            Libraries = KnownLibrary,
            Categories = KnownCategory,
            AttributeTypes = KnownAttributeType,
            RepeatableTypes = RepeatableAttributeType,
            UniqueTypes = UniqueAttributeType ?? [own.UniversalId],
            SingleTypes = [own.UniversalId, own.StudentId],
        };
        if (Connection is not null)
            AskKoha(Connections.Mine.Get(Connection));
    }

    protected override void Process()
    {
        foreach (var path in Paths())
            CheckFile(path);
        if (Path is null && LiteralPath is null)
            CheckObject();
    }

    protected override void Complete()
    {
        if (_rows is not null)
            Write(_rows.Finish());
        WriteObject(_missingCodes.Release(), enumerateCollection: true);
        if (Quiet)
            WriteObject(!_found);
    }

    private void AskKoha(KohaConnection connection)
    {
        var lists = new KohaLists(connection);
        var patrons = new PatronsInKoha(connection.Http, _options);
        _options = _options with
        {
            Libraries = _options.Libraries ?? Codes(lists.LibrariesAsync),
            Categories = _options.Categories ?? Codes(lists.PatronCategoriesAsync),
        };
        _askKoha = rows => PipelineQueue.Wait(cancel => patrons.FindAsync(rows, cancel), Cancel);
    }

    private IReadOnlyCollection<string>? Codes(Func<CancellationToken, Task<KohaCodeList>> ask)
    {
        var found = PipelineQueue.Wait(ask, Cancel);
        if (found.NotChecked is { } notice)
            Tell(notice);
        return found.All;
    }

    private PatronCsvPreflight NewPreflight() => new(_options, _askKoha);

    private IEnumerable<string> Paths()
    {
        if (LiteralPath is not null)
            return LiteralPath.Select(path => PathResolver.Literal(this, path));
        return Path?.SelectMany(path => PathResolver.Resolve(this, path, TellAndFail)) ?? [];
    }

    private void CheckObject()
    {
        if (Quiet && _found)
            return;
        switch (InputObject?.BaseObject)
        {
            case null or SkippedPatron:
                return;
            case FileInfo file:
                CheckFile(file.FullName);
                return;
            case string path:
                CheckFile(PathResolver.Literal(this, path));
                return;
            case KohaPatronRow row when RowColumns.AreStandard(InputObject):
                Write((_rows ??= NewPreflight()).CheckRow(row));
                return;
            default:
                CheckValues(RowColumns.Of(InputObject));
                return;
        }
    }

    private void CheckValues(IReadOnlyList<KeyValuePair<string, string>> values)
    {
        if (_areNoPatrons)
            return;
        if (values.Count == 0)
            TellAndFail(KohaCsvNotices.NotARow(InputObject!.BaseObject.GetType().Name));
        else
            _areNoPatrons = Write((_rows ??= NewPreflight()).CheckRow([.. values.Select(value => value.Key)], [.. values.Select(value => value.Value)]));
    }

    private void CheckFile(string path)
    {
        if (Quiet && _found)
            return;
        try
        {
            using var stream = InputFile.Open(path, bufferSize: 1);
            Tell(FileNotices.Reading(path));
            Write(NewPreflight().CheckFile(stream, Cancel));
            WriteObject(_missingCodes.Release(), enumerateCollection: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TellAndFail(PreflightNotices.CannotRead(path, e));
        }
    }

    /// <summary>What could not be checked is not fine: -Quiet gives $false.</summary>
    private void TellAndFail(Notice notice)
    {
        _found = true;
        Tell(notice);
    }

    /// <summary>Writes problems up to one for which Koha refuses every row, and gives whether there was one.</summary>
    private bool Write(IEnumerable<PatronCsvProblem> problems)
    {
        foreach (var problem in problems)
        {
            _found = true;
            if (Quiet)
                return false;
            if (!_missingCodes.Holds(problem))
                WriteObject(problem);
            if (problem.IsOfTheWholeFile)
                return true;
        }

        return false;
    }

    private static KohaDateFormat FormatOf(string name) => Enum.TryParse<KohaDateFormat>(name, ignoreCase: true, out var format) ? format : KohaDateFormat.Iso;

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
}
