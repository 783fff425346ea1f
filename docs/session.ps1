# The session that README shows, played on the examples: koha-patron -File docs/session.ps1, in the repository's folder.
# A test holds README to what it prints.
[IO.Directory]::CreateDirectory('out') | Out-Null
$session = @(
    '$env:KOHA_PATRON_SETTINGS = "./examples/koha-patron.json"      # where exports and prox report are, and your tables'
    'Get-WorkdayPatron -Type Student | Where-Object PrimaryProgram -like "*Comics*"'
    'Get-WorkdayPatron | Test-KohaMajorMapping'
    'Get-WorkdayPatron | ConvertTo-KohaPatronCsv -End 2026-12-18 -EnrolledOn 2026-08-24 | Export-KohaPatronCsv ./out/patrons.csv'
    'Test-KohaPatronCsv ./out/patrons.csv'
)
foreach ($line in $session) {
    "PS> $line"
    # Warnings are shown in their place among the objects.
    . ([scriptblock]::Create($line)) 3>&1 | ForEach-Object { if ($_ -is [Management.Automation.WarningRecord]) { "WARNING: $_" } else { $_ } } | Out-Default
}
