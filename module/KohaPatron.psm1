# Each edition has a build of its own; the manifest stays plain data, which package tools insist on.
$build = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' }
Import-Module ([System.IO.Path]::Combine($PSScriptRoot, $build, 'KohaPatron.PowerShell.dll'))
Export-ModuleMember -Cmdlet *
