using System.Management.Automation;
using KohaPatron.Core.Files;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Csv;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Preflight;
using KohaPatron.Core.Preflight.Matching;
using KohaPatron.Core.Registration;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Pipeline;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Tells what Koha's patron import would refuse or silently change, before the file is uploaded. Nothing found: no output.
/// With a connection it also tells which libraries and categories Koha does not have (GET /libraries, /patron_categories), and
/// which user ids and card numbers other patrons have (GET /patrons). Without one, Koha's codes can be named.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "KohaPatronCsv", DefaultParameterSetName = ByPath)]
[OutputType(typeof(PatronCsvProblem))]
[OutputType(typeof(bool))]
public sealed class TestKohaPatronCsvCommand : ConnectableCmdlet, IDynamicParameters
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";
    private const string ByObject = "InputObject";

    private readonly ImportParameters _import = new();
    private readonly MissingCodes _missingCodes = new();
    private PreflightOptions _options = new();
    private Func<IReadOnlyList<PatronKeys>, KnownPatrons>? _askKoha;
    private PatronCsvPreflight? _rows;
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

    /// <summary>Gives $true where nothing is found, else $false, and nothing else.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>What the user says of the import, and of the Koha that it is for.</summary>
    public object GetDynamicParameters() => _import;

    protected override void Begin()
    {
        _options = _import.ToOptions(SettingsSource.Load(this, SettingsPath, Profile, Tell).Attributes);
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
            Libraries = _options.Libraries ?? CodeLists.Read(lists.LibrariesAsync, Tell, Cancel),
            Categories = _options.Categories ?? CodeLists.Read(lists.PatronCategoriesAsync, Tell, Cancel),
        };
        _askKoha = rows => PipelineQueue.Wait(cancel => patrons.FindAsync(rows, cancel), Cancel);
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
}
