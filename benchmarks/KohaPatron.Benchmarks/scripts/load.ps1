# The load as the README shows it.
param([string] $Folder, [string] $Module)

$ErrorActionPreference = 'Stop'
Import-Module $Module
Get-WorkdayPatron $Folder |
    ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxReport "$Folder/prox.csv" |
    Export-KohaPatronCsv "$Folder/patrons.csv"
