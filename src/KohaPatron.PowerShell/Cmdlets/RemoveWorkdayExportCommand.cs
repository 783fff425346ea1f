using System.Management.Automation;
using KohaPatron.Core.Cleanup;
using KohaPatron.Core.Files;
using KohaPatron.Core.Storage;
using KohaPatron.Core.Text;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Deletes the files with personal data that a load leaves on this machine: exports, people who are missing in Koha, prox
/// reports, import files, and what transfers keep beside them. It says what it left. Nothing in Cloud Storage is touched.
/// </summary>
[Cmdlet(VerbsCommon.Remove, "WorkdayExport", DefaultParameterSetName = ByPath, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveWorkdayExportCommand : PathCmdlet
{
    private readonly List<string> _left = [];
    private ExportLayouts _layouts = ExportLayouts.BuiltIn;
    private int _removed;

    /// <summary>Deletes files that are named although they are not known as files of a load.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void Begin() => _layouts = new ExportLayouts(Settings.Exports);

    protected override void Process()
    {
        foreach (var path in Paths())
        {
            if (Directory.Exists(path))
                RemoveIn(path);
            else if (File.Exists(path) || FileLink.Is(path))
                RemoveNamed(path);
            else if (LiteralPath is not null)
                Tell(BindingNotices.PathNotFound(path));
        }
    }

    protected override void Complete()
    {
        if (IsWhatIf && _left.Count > 0)
            TellUser($"Would be left: {string.Join(", ", _left)}.");
        else if (_removed > 0 || _left.Count > 0)
            TellUser($"{Counted.Of(_removed, "file")} removed{(_left.Count == 0 ? "." : $"; left: {string.Join(", ", _left)}.")}");
    }

    private IEnumerable<string> Paths() => NamedPaths(Tell)?.Where(IsHere) ?? OfTheSettings();

    private bool IsHere(string path)
    {
        if (!StorageAddress.Is(path))
            return true;
        Tell(CleanupNotices.InCloudStorage(path));
        return false;
    }

    private List<string> OfTheSettings()
    {
        var paths = new[] { Settings.Source, Settings.ProxReport }.OfType<string>().Where(path => !StorageAddress.Is(path)).Where(path => Directory.Exists(path) || File.Exists(path)).ToList();
        if (paths.Count == 0)
            Fail(CleanupNotices.NothingNamed());
        return paths;
    }

    private void RemoveIn(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder).OrderBy(file => file, StringComparer.Ordinal).ToList())
        {
            var kind = KindOf(file);
            if (kind is LoadFileKind.Other or LoadFileKind.Journal or LoadFileKind.Link or null)
                Leave(file, kind);
            else
                Remove(file, kind.Value);
        }
    }

    private void RemoveNamed(string file)
    {
        var kind = KindOf(file);
        if (kind is null)
            return;
        if (kind == LoadFileKind.Link)
        {
            Leave(file, kind);
            Tell(CleanupNotices.IsALink(file));
            return;
        }

        if (!Force && kind is LoadFileKind.Other or LoadFileKind.Journal)
        {
            Leave(file, kind);
            Tell(CleanupNotices.NotOfALoad(file));
            return;
        }

        Remove(file, kind.Value);
        foreach (var beside in Beside(file))
            Remove(beside, LoadFileKind.Leftover);
    }

    /// <summary>What a transfer keeps beside a file.</summary>
    private List<string> Beside(string file) => [.. Directory
        .EnumerateFiles(System.IO.Path.GetDirectoryName(file)!, $".{System.IO.Path.GetFileName(file)}.*")
        .Where(beside => LoadFile.KindOf(beside, _layouts) == LoadFileKind.Leftover)];

    private LoadFileKind? KindOf(string file)
    {
        try
        {
            return LoadFile.KindOf(file, _layouts);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Tell(CleanupNotices.CannotRemove(file, e));
            return null;
        }
    }

    private void Remove(string file, LoadFileKind kind)
    {
        if (!ShouldProcess(file, $"Delete ({InWords(kind)})"))
        {
            if (!IsWhatIf)
                Leave(file, kind);
            return;
        }

        try
        {
            File.Delete(file);
            _removed++;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Leave(file, kind);
            Tell(CleanupNotices.CannotRemove(file, e));
        }
    }

    private void Leave(string file, LoadFileKind? kind) => _left.Add(System.IO.Path.GetFileName(file) + kind switch
    {
        LoadFileKind.Journal => " (Undo-KohaProxNumber needs it)",
        LoadFileKind.Link => " (a link)",
        _ => string.Empty,
    });

    private static string InWords(LoadFileKind kind) => kind switch
    {
        LoadFileKind.Export => "export",
        LoadFileKind.ProxReport => "prox report",
        LoadFileKind.ImportFile => "import file",
        LoadFileKind.Leftover => "kept beside an export",
        _ => "named",
    };
}
