using System.Management.Automation;
using KohaPatron.Core.Notices;

namespace KohaPatron.PowerShell.Sources;

/// <summary>What -Path and -LiteralPath mean: wildcards, PowerShell's own drives, one error per path that leads nowhere.</summary>
internal static class PathResolver
{
    private const string FileSystem = "FileSystem";

    /// <summary>The file system paths that a -Path names.</summary>
    public static IEnumerable<string> Resolve(PSCmdlet cmdlet, string path, Action<Notice> tell)
    {
        try
        {
            var found = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider);
            if (provider.Name == FileSystem)
                return found;
            tell(BindingNotices.NotFileSystem(path));
        }
        catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            tell(BindingNotices.PathNotFound(FullPath(cmdlet, path)));
        }

        return [];
    }

    /// <summary>What paths mean in the session, for completers, which are handed no cmdlet.</summary>
    public static PathIntrinsics OfSession()
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddScript("$ExecutionContext.SessionState.Path").Invoke<PathIntrinsics>()[0];
    }

    /// <summary>The path as it was tried: relative ones from the session's location.</summary>
    private static string FullPath(PSCmdlet cmdlet, string path)
    {
        try
        {
            return cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
        }
        catch (Exception e) when (e is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            return path;
        }
    }

    /// <summary>The file system path that is named literally, whether it exists or not.</summary>
    /// <exception cref="KohaPatronException">The path is not one of the file system.</exception>
    public static string Literal(PSCmdlet cmdlet, string path) => Literal(cmdlet.SessionState.Path, path);

    /// <inheritdoc cref="Literal(PSCmdlet, string)"/>
    public static string Literal(PathIntrinsics paths, string path)
    {
        try
        {
            var full = paths.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == FileSystem ? full : throw new KohaPatronException(BindingNotices.NotFileSystem(path));
        }
        catch (Exception e) when (e is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            throw new KohaPatronException(BindingNotices.PathNotFound(path));
        }
    }
}
