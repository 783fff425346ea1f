# The session that README shows, played on the examples, from any folder. A test holds README to what it prints.
$session = @(
    '$env:KOHA_PATRON_SETTINGS = Convert-Path ./examples/koha-patron.json      # where exports and prox report are, and your tables'
    'Get-WorkdayPatron -Type Student | Where-Object PrimaryProgram -like "*Comics*"'
    'Get-WorkdayPatron | Test-KohaMajorMapping'
    'Get-WorkdayPatron | ConvertTo-KohaPatronCsv -End 2026-12-18 -EnrolledOn 2026-08-24 | Export-KohaPatronCsv ./out/patrons.csv'
    'Test-KohaPatronCsv ./out/patrons.csv'
)
$settings = $env:KOHA_PATRON_SETTINGS
Push-Location (Split-Path $PSScriptRoot)
try {
    if (-not (Get-Command Get-WorkdayPatron -ErrorAction Ignore)) {
        Import-Module ./out/KohaPatron
    }
    New-Item out -ItemType Directory -Force | Out-Null
    foreach ($line in $session) {
        "PS> $line"
        # Warnings and totals are shown in their place among the objects.
        . ([scriptblock]::Create($line)) 3>&1 6>&1 | ForEach-Object { if ($_ -is [Management.Automation.WarningRecord]) { "WARNING: $_" } else { $_ } } | Out-String -Stream -Width 130
    }
}
finally {
    Pop-Location
    $env:KOHA_PATRON_SETTINGS = $settings
}
