using System.Management.Automation;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Binding;

/// <summary>What cmdlets that write to Koha have in common: where the record of their writes is.</summary>
public abstract class JournalCmdlet : ConnectedCmdlet
{
    /// <summary>The file with the record of every write; in the user's own data folder, one for each Koha, when left out.</summary>
    [Parameter]
    [Alias("Journal")]
    [ValidateNotNullOrEmpty]
    public virtual string? JournalPath { get; set; }

    private protected string JournalOf(KohaConnection koha) => JournalPath is not null
        ? PathResolver.Literal(this, JournalPath)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "KohaPatron", $"{NameOf(koha.ApiRoot)}.jsonl");

    private static string NameOf(Uri root) => string.Join("_", $"{root.Authority}{root.AbsolutePath}".Split([.. Path.GetInvalidFileNameChars(), '/', ':'], StringSplitOptions.RemoveEmptyEntries));
}
