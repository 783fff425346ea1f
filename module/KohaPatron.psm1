# Each edition has a build of its own; the manifest stays plain data, which package tools insist on.
$build = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' }
Import-Module ([System.IO.Path]::Combine($PSScriptRoot, $build, 'KohaPatron.PowerShell.dll'))

# Tab after "Get-WorkdayPatron | Where-Object PrimaryProgram -eq" offers the programs that the export has.
Register-ArgumentCompleter -CommandName Where-Object -ParameterName Value -ScriptBlock {
    param($command, $parameter, $word, $ast, $bound)
    [KohaPatron.PowerShell.Completion.PropertyValueCompleter]::Complete($word, $ast, $bound)
}

Export-ModuleMember -Cmdlet *
