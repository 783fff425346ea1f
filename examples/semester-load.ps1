# The load before a semester: the example exports and the prox report in, Koha's import file out.
# Copy it, name your own settings, and it is your load. It runs in PowerShell 7 and in Windows PowerShell 5.1.
param(
    [string] $SettingsPath = (Join-Path $PSScriptRoot koha-patron.json),
    [string] $OutFile = (Join-Path (Split-Path $PSScriptRoot) out/patrons.csv),
    [string] $End
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command ConvertTo-KohaPatronCsv -ErrorAction Ignore)) {
    Import-Module (Join-Path (Split-Path $PSScriptRoot) out/KohaPatron)
}

# Without -End: the end of the semester that is running.
if (-not $End) {
    $today = Get-Date
    $End = if ($today.Month -le 5) { "$($today.Year)-05-31" } elseif ($today.Month -le 8) { "$($today.Year)-08-31" } else { "$($today.Year)-12-31" }
}

$folder = Split-Path $OutFile
if ($folder) {
    New-Item $folder -ItemType Directory -Force | Out-Null
}
Get-WorkdayPatron -SettingsPath $SettingsPath |
    ConvertTo-KohaPatronCsv -End $End -SettingsPath $SettingsPath -SummaryVariable load -WarningAction SilentlyContinue 6>$null |
    Export-KohaPatronCsv -Path $OutFile

function Join-Count($Counts, $Words) {
    ($Counts.GetEnumerator() | ForEach-Object {
        $word = if ($Words["$($_.Key)"]) { $Words["$($_.Key)"] } else { "$($_.Key)" }
        "$($_.Value) $word"
    }) -join ', '
}

$reasons = @{ Inactive = 'inactive'; NoEmail = 'no e-mail'; Contingent = 'contingent'; Exception = 'on the exceptions list' }
$remarks = @{ MajorUnknown = 'on unknown majors'; InstructorToCheck = 'on instructors to check'; CardNumberRepeated = 'on another''s card'; LineBreakFlattened = 'on line breaks taken out'; EtypeMissing = 'on a missing etype' }
foreach ($export in $load.Exports) {
    'Workday export   {0,-34} {1,5} people' -f (Split-Path $export.Name -Leaf), $export.People
}
'Koha rows        {0}   ({1} left out: {2})' -f $load.Rows, $load.LeftOut, (Join-Count $load.LeftOutByReason $reasons)
'Cards            {0} from the prox report, {1} fell back to the universal ID' -f $load.CardsFromReport, $load.CardsFromUniversalId
'To look at       {0} warnings: {1}' -f $load.Warnings, (Join-Count $load.WarningsByCode $remarks)
'Written          {0}' -f (Resolve-Path $OutFile)
''
Get-Content $OutFile -TotalCount 6 -Encoding UTF8
