using System.Management.Automation;

namespace KohaPatron.Host;

/// <summary>PowerShell's own cmdlets that the bare engine lacks: who asks for one is told what to use instead.</summary>
internal static class MissingCmdlets
{
    private static readonly Dictionary<string, string> Instead = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Export-Csv"] = "Export-KohaPatronCsv writes rows to a file.",
        ["ConvertTo-Csv"] = "Export-KohaPatronCsv writes rows to a file.",
        ["Import-Csv"] = "Import-ProxReport reads a prox report.",
        ["Select-Object"] = "Use ForEach-Object, or take a part of a list: $list[0..4].",
        ["Sort-Object"] = "Use [Array]::Sort.",
        ["Group-Object"] = "Count in a hashtable with ForEach-Object.",
        ["Measure-Object"] = "Use the Count of a list: @(...).Count.",
        ["Write-Host"] = "A text on a line of its own is shown.",
        ["Write-Output"] = "A value on a line of its own is shown.",
        ["Write-Warning"] = "A text on a line of its own is shown.",
        ["Format-Table"] = "Objects are shown as a table by themselves.",
        ["Format-List"] = "Name the properties: ForEach-Object { $_.Name }.",
        ["Get-Content"] = "Use [IO.File]::ReadLines($path).",
        ["Set-Content"] = "Use [IO.File]::WriteAllText($path, $text).",
        ["Out-File"] = "Redirect: > file.txt outside of koha-patron.",
        ["Get-ChildItem"] = "Use [IO.Directory]::GetFiles($folder).",
        ["Test-Path"] = "Use [IO.File]::Exists($path).",
        ["Join-Path"] = "Use [IO.Path]::Combine($folder, $name).",
        ["Set-Location"] = "Start koha-patron in the folder that is meant.",
        ["Get-Credential"] = "examples/save-key.ps1 keeps a key in a file; nightly-cards.ps1 shows how to read it.",
        ["Get-Date"] = "Use [DateTime]::Today.",
        ["New-Object"] = "Use [TypeName]::new().",
        ["ConvertTo-Json"] = "Use [System.Text.Json.JsonSerializer].",
        ["ConvertFrom-Json"] = "Use [System.Text.Json.JsonDocument].",
        ["Export-Clixml"] = "Use [System.Management.Automation.PSSerializer]::Serialize($object).",
        ["Import-Clixml"] = "Use [System.Management.Automation.PSSerializer]::Deserialize($text).",
    };

    /// <summary>Puts a helpful error in the place of a cmdlet that is not there.</summary>
    public static void Explain(object? sender, CommandLookupEventArgs request)
    {
        if (!Instead.TryGetValue(request.CommandName, out var instead))
            return;
        var text = $"{request.CommandName} is a cmdlet of PowerShell's own, which koha-patron does not carry. {instead} Or run the script in PowerShell 7.";
        request.CommandScriptBlock = ScriptBlock.Create($"throw '{text.Replace("'", "''", StringComparison.Ordinal)}'");
        request.StopSearch = true;
    }
}
