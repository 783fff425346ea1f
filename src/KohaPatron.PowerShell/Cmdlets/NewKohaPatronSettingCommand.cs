using System.Management.Automation;
using System.Text;
using KohaPatron.Core.Files;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Mapping.FirstSettings;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Completion;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Looks at reports that nobody has described yet, and writes a first settings file: which column seems to be what, and the
/// lines that only the library can fill in. It holds columns and terms, nothing of anybody.
/// </summary>
[Cmdlet(VerbsCommon.New, "KohaPatronSetting", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewKohaPatronSettingCommand : KohaPatronCmdlet
{
    /// <summary>The reports, one of students and one of employees.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The settings file to write.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = SettingsLoader.FileName;

    /// <summary>The prox report, for the settings to name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProxReport { get; set; }

    /// <summary>What the report holds; left out: its columns tell.</summary>
    [Parameter]
    [ValidateSet("Student", "Employee", "PreCollege")]
    public string? Type { get; set; }

    /// <summary>A connection to the Koha whose codes of libraries and categories are named in the file.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ConnectionOrName? Connection { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Complete()
    {
        var target = PathResolver.Literal(this, Destination);
        if (File.Exists(target) && !Force)
            Fail(FirstSettingsNotices.Exists(target));
        var paths = Path.SelectMany(path => PathResolver.Resolve(this, path, Tell)).ToList();
        if (paths.Count == 0)
            return;
        var reports = paths.ConvertAll(Describe);
        CheckKinds(reports);
        var text = new SettingsDraft(reports, FromTarget(target, System.IO.Path.GetDirectoryName(paths[0])!), ProxReport is null ? null : FromTarget(target, PathResolver.Literal(this, ProxReport)), Facts()).Print();
        if (!ShouldProcess(target, "Write first settings"))
            return;
        Write(target, text);
        foreach (var report in reports)
            Tell(FirstSettingsNotices.Written(target, report, report.Terms("primaryProgram", "programs", "department", "program").Distinct(StringComparer.Ordinal).Count()));
        if (PassThru)
            WriteObject(new FileInfo(target));
    }

    private DescribedReport Describe(string path)
    {
        try
        {
            using var stream = InputFile.Open(path, bufferSize: 1);
            var survey = ReportSurvey.Of(stream, path, Cancel);
            return new DescribedReport(survey, FieldGuess.Of(survey, Type));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KohaPatronException(WorkdayNotices.CannotOpen(path, e));
        }
    }

    private void CheckKinds(List<DescribedReport> reports)
    {
        foreach (var alike in reports.GroupBy(report => report.Guess.Report).Where(kind => kind.Count() > 1))
            Fail(FirstSettingsNotices.SameKind(alike.First().Survey.Name, alike.Last().Survey.Name, alike.Key));
    }

    private KohaFacts Facts()
    {
        if (Connection is null)
            return KohaFacts.None;
        var lists = new KohaLists(Connections.Mine.Get(Connection));
        return new KohaFacts(CodeLists.Read(lists.LibrariesAsync, Tell, Cancel) ?? [], CodeLists.Read(lists.PatronCategoriesAsync, Tell, Cancel) ?? []);
    }

    /// <summary>A path as the settings have it: from the file's own folder where it lies in it.</summary>
    private static string FromTarget(string target, string path)
    {
        var folder = System.IO.Path.GetDirectoryName(target)!;
        if (path == folder)
            return ".";
        var inside = folder.TrimEnd(System.IO.Path.DirectorySeparatorChar) + System.IO.Path.DirectorySeparatorChar;
        return (path.StartsWith(inside, StringComparison.Ordinal) ? path.Substring(inside.Length) : path).Replace('\\', '/');
    }

    private static void Write(string target, string text)
    {
        try
        {
            using var file = new AtomicFile(target);
            var bytes = Encoding.UTF8.GetBytes(text);
            file.Stream.Write(bytes, 0, bytes.Length);
            file.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KohaPatronException(FirstSettingsNotices.CannotWrite(target, e));
        }
    }
}
