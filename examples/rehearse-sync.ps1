# A sync of card numbers, rehearsed: twenty invented students are added to a Koha that lives in memory, then get the card
# numbers of the prox report, and then their old ones back. Start that Koha first:
#   dotnet run --project tests/KohaPatron.Fakes -- koha --port 8080
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingConvertToSecureStringWithPlainText', '', Justification = 'The key of the rehearsal is no secret. A real one comes from SecretManagement or Import-Clixml.')]
param([string] $ApiRoot = 'http://127.0.0.1:8080/api/v1')

if (-not (Get-Command Update-KohaProxNumber -ErrorAction Ignore)) {
    Import-Module (Join-Path (Split-Path $PSScriptRoot) out/KohaPatron)
}

$settings = Join-Path $PSScriptRoot rehearsal.json
$prox = Join-Path $PSScriptRoot prox.csv
$out = New-Item (Join-Path (Split-Path $PSScriptRoot) out) -ItemType Directory -Force
$journal = Join-Path $out.FullName rehearsal.jsonl
Remove-Item $journal -ErrorAction Ignore
$secret = ConvertTo-SecureString secret-editor -AsPlainText -Force
Connect-Koha $ApiRoot (New-Object pscredential client-editor, $secret)

$people = Get-WorkdayPatron (Join-Path $PSScriptRoot student_data.json) | Select-Object -Skip 20 -First 20
'Added to Koha, with universal IDs for cards:'
$people | ConvertTo-KohaPatronCsv -End "$((Get-Date).Year)-12-31" -SettingsPath $settings -WarningAction SilentlyContinue 6>$null | Add-KohaPatron -SettingsPath $settings | Out-Default
'The plan:'
$people | Compare-KohaProxNumber $prox -SettingsPath $settings -WarningAction SilentlyContinue | Out-Default
'Applied:'
$people | Update-KohaProxNumber $prox -SettingsPath $settings -JournalPath $journal -WarningAction SilentlyContinue | Out-Default
'And taken back:'
Undo-KohaProxNumber -JournalPath $journal -SettingsPath $settings | Out-Default
Disconnect-Koha
