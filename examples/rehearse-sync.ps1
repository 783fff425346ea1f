# A sync of card numbers, rehearsed: twenty invented students are added to a Koha that lives in memory, then get the card
# numbers of the prox report, and then their old ones back. Start that Koha first:
#   dotnet run --project tests/KohaPatron.Fakes -- koha --port 8080
param([string] $ApiRoot = 'http://127.0.0.1:8080/api/v1')

if (-not (Get-Command Update-KohaProxNumber -ErrorAction Ignore)) {
    Import-Module ([IO.Path]::Combine([IO.Path]::GetDirectoryName($PSScriptRoot), 'out', 'KohaPatron', 'KohaPatron.psd1'))
}

$settings = [IO.Path]::Combine($PSScriptRoot, 'rehearsal.json')
$prox = [IO.Path]::Combine($PSScriptRoot, 'prox.csv')
$journal = [IO.Path]::Combine([IO.Path]::GetDirectoryName($PSScriptRoot), 'out', 'rehearsal.jsonl')
[IO.File]::Delete($journal)

# The rehearsal's key is no secret. A real one comes from SecretManagement or Import-Clixml, never from a script.
$secret = [Security.SecureString]::new()
'secret-editor'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
Connect-Koha $ApiRoot ([pscredential]::new('client-editor', $secret))

$people = @(Get-WorkdayPatron ([IO.Path]::Combine($PSScriptRoot, 'student_data.json')))[20..39]
'Added to Koha, with universal IDs for cards:'
$people | ConvertTo-KohaPatronCsv -End "$([DateTime]::Today.Year)-12-31" -SettingsPath $settings -WarningAction SilentlyContinue 6>$null | Add-KohaPatron -SettingsPath $settings | Out-Default
'The plan:'
$people | Compare-KohaProxNumber $prox -SettingsPath $settings -WarningAction SilentlyContinue | Out-Default
'Applied:'
$people | Update-KohaProxNumber $prox -SettingsPath $settings -JournalPath $journal -WarningAction SilentlyContinue | Out-Default
'And taken back:'
Undo-KohaProxNumber -JournalPath $journal -SettingsPath $settings | Out-Default
Disconnect-Koha
