# Brings card numbers into Koha every night, and with -SemesterEnd whole records too, from Task Scheduler or cron. It asks
# nothing and waits for nobody.
# Exit code  0: all done.  1: done, with problems.  2: nothing was changed, such as when the report is spoiled.
# In -Folder it keeps a journal a night (Undo-KohaProxNumber, Undo-KohaPatron take it back), the people whom Koha lacks, a log and a report.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '', Justification = 'Source, SettingsPath and IncludeName are passed on when they are given.')]
param(
    [Parameter(Mandatory)] [string] $ApiRoot,
    [Parameter(Mandatory)] [string] $KeyPath,
    [Parameter(Mandatory)] [string] $Folder,
    [string] $Source,
    [string] $ProxReport,
    [string] $SettingsPath,
    [switch] $IncludeName,
    [string] $SemesterEnd
)

# How much the journals hold: they grow before the first write to Koha.
function Get-JournalLength { [long](Get-Item -LiteralPath $journal, $records -ErrorAction Ignore | Measure-Object Length -Sum).Sum }

$day = Get-Date -Format yyyy-MM-dd
$settings = if ($SettingsPath) { @{ SettingsPath = $SettingsPath } } else { @{} }
$read = if ($Source) { @{ Path = $Source } } else { @{} }
$cards = if ($ProxReport) { @{ ProxReport = $ProxReport } } else { @{} }
$results = $unread = $problems = $access = $doubts = $warnings = $totals = @()
$log = @()
$exitCode = 0
$connected = $false
$journal = Join-Path $Folder "cards-$day.jsonl"
$records = Join-Path $Folder "records-$day.jsonl"
$before = Get-JournalLength
try {
    New-Item $Folder -ItemType Directory -Force -ErrorAction Stop | Out-Null
    if (-not (Get-Command Update-KohaProxNumber -ErrorAction Ignore)) {
        try { Import-Module KohaPatron -ErrorAction Stop }
        catch { throw 'The module KohaPatron is not installed for this account.' }
    }
    try { $key = Import-Clixml -LiteralPath $KeyPath -ErrorAction Stop }
    catch { throw "There is no key for this account in $KeyPath. Run save-key.ps1 as this account." }
    Connect-Koha $ApiRoot -Credential $key -WarningVariable access
    $connected = $true
    # -OutVariable keeps what was done even if the run ends early.
    Get-WorkdayPatron @read @settings -ErrorVariable unread -WarningVariable doubts |
        Update-KohaProxNumber @cards @settings -IncludeName:$IncludeName -JournalPath $journal -MissingPath (Join-Path $Folder "missing-$day.json") -Confirm:$false -OutVariable results -ErrorVariable problems -WarningVariable warnings -InformationVariable totals |
        Out-Null
    if ($SemesterEnd) {
        Get-WorkdayPatron @read @settings -ErrorVariable +unread -WarningVariable +doubts |
            Update-KohaPatron -End $SemesterEnd @cards @settings -JournalPath $records -Confirm:$false -OutVariable +results -ErrorVariable +problems -WarningVariable +warnings -InformationVariable +totals |
            Out-Null
    }

    if ($unread -or $problems) {
        # Nobody could be read: nothing was done.
        $exitCode = if ($results) { 1 } else { 2 }
    }
}
catch {
    $log += "ERROR: $_"
    $Host.UI.WriteErrorLine("$_")
    $exitCode = if ((Get-JournalLength) -gt $before) { 1 } else { 2 }
}

$log += $totals | ForEach-Object { "$_" }
# An error that ended the run is there as an exception too, and was told already.
$log += @($unread) + @($problems) | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | ForEach-Object { "ERROR: $_" }
$log += @($access) + @($doubts) + @($warnings) | Where-Object { $_ } | ForEach-Object { "WARNING: $_" }
try {
    @("$(Get-Date -Format s) exit code $exitCode") + $log | Add-Content -LiteralPath (Join-Path $Folder cards.log) -Encoding utf8 -ErrorAction Stop
    if ($results) {
        $results | Export-KohaPatronReport (Join-Path $Folder "cards-$day.html") -Title "Card numbers, $day" -ErrorAction Stop
    }
    if ($connected) {
        Disconnect-Koha
    }
}
catch {
    # The cards are done: a log that cannot be written does not make that undone.
    $Host.UI.WriteErrorLine("$_")
    $exitCode = [Math]::Max($exitCode, 1)
}
exit $exitCode
