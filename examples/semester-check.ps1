# What to look at before the import file goes to Koha: the exports, the tables of the settings, the file itself, and a page
# of it all for the people who decide. Run it after semester-load.ps1.
param(
    [string] $SettingsPath = (Join-Path $PSScriptRoot koha-patron.json),
    [string] $ImportFile = (Join-Path (Split-Path $PSScriptRoot) out/patrons.csv),
    [string] $Connection
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Test-KohaPatronCsv -ErrorAction Ignore)) {
    Import-Module (Join-Path (Split-Path $PSScriptRoot) out/KohaPatron)
}

$folder = Split-Path (Resolve-Path $ImportFile)
$koha = if ($Connection) { @{ Connection = $Connection } } else { @{} }

# What changed since the last time, in the exports and among their majors, departments and categories.
$changes = @(Test-WorkdayExport -SettingsPath $SettingsPath -BaselinePath (Join-Path $folder exports.json) -UpdateBaseline)
$gaps = @(Test-KohaMajorMapping -SettingsPath $SettingsPath -BaselinePath (Join-Path $folder terms.json) -UpdateBaseline @koha)

# What Koha would refuse or change.
$problems = @(Test-KohaPatronCsv $ImportFile @koha)

'Exports          {0} changes since the last check' -f $changes.Count
'Majors           {0} to look at; for the settings:' -f $gaps.Count
$gaps | ForEach-Object SettingsLine
'Import file      {0} problems' -f $problems.Count
foreach ($problem in $problems) {
    '    line {0} ({1}), {2}: {3}' -f $problem.Line, $problem.UserId, $problem.Column, $problem.Message
}

$page = $changes + $gaps + $problems | Export-KohaPatronReport (Join-Path $folder report.html) -Title 'Before the load' -PassThru
'Report           {0}' -f $page.FullName
