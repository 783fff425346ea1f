# Rows, their comparison with Koha, or the renewal of everybody: what a process holds at most.
param([string] $Folder, [string] $Module, [string] $Koha, [string] $What)

$ErrorActionPreference = 'Stop'
Import-Module $Module
$secret = [securestring]::new()
'secret'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
Connect-Koha $Koha -Credential ([pscredential]::new('client', $secret)) 3>$null
$rows = Get-WorkdayPatron $Folder -Type Student 3>$null | ConvertTo-KohaPatronCsv -End 2026-12-18 -ProxReport "$Folder/prox.csv" 3>$null 6>$null
switch ($What) {
    'compare' { $plan = $rows | Compare-KohaPatron -Field dateexpiry }
    'update' { $rows | Update-KohaPatron -Field dateexpiry -JournalPath "$Folder/journal.jsonl" 6>$null | Out-Null }
}
if ($What -eq 'compare' -and @($plan | Where-Object Status -EQ Change).Count -ne $rows.Count) { throw "Not everybody would be renewed: $($plan | Group-Object Status, Why -NoElement | Out-String)" }
