# Brings card numbers into Koha every night, from Task Scheduler or cron. It asks nothing and waits for nobody.
# Exit code  0: all done.  1: done, with problems.  2: nothing was changed.
# In -Folder it keeps a journal a night (Undo-KohaProxNumber takes it back), the people whom Koha lacks, a log and a report.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '', Justification = 'Source, SettingsPath and IncludeName are passed on when they are given.')]
param(
    [Parameter(Mandatory)] [string] $ApiRoot,
    [Parameter(Mandatory)] [string] $KeyPath,
    [Parameter(Mandatory)] [string] $Folder,
    [string] $Source,
    [string] $ProxReport,
    [string] $SettingsPath,
    [switch] $IncludeName
)

function Join-Name([string] $Name) { [IO.Path]::Combine($Folder, $Name) }

# .NET has a current folder of its own.
function Resolve-Name([string] $Path) { $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path) }

# How much the journal holds: it grows before the first write to Koha.
function Get-JournalLength { if ([IO.File]::Exists($journal)) { [IO.FileInfo]::new($journal).Length } else { 0 } }

$day = [DateTime]::Today.ToString('yyyy-MM-dd', [Globalization.CultureInfo]::InvariantCulture)
$settings = if ($SettingsPath) { @{ SettingsPath = $SettingsPath } } else { @{} }
$read = if ($Source) { @{ Path = $Source } } else { @{} }
$cards = if ($ProxReport) { @{ ProxReport = $ProxReport } } else { @{} }
$results = $unread = $problems = $access = $doubts = $warnings = $totals = @()
$log = [Collections.Generic.List[string]]::new()
$exitCode = 0
$connected = $false
$Folder = Resolve-Name $Folder
$KeyPath = Resolve-Name $KeyPath
$journal = Join-Name "cards-$day.jsonl"
$before = Get-JournalLength
try {
    [IO.Directory]::CreateDirectory($Folder) | Out-Null
    if (-not (Get-Command Update-KohaProxNumber -ErrorAction Ignore)) {
        try { Import-Module KohaPatron -ErrorAction Stop }
        catch { throw 'The module KohaPatron is not installed for this account.' }
    }
    try { $key = [Management.Automation.PSSerializer]::Deserialize([IO.File]::ReadAllText($KeyPath)) }
    catch { throw "There is no key for this account in $KeyPath. Run save-key.ps1 as this account." }
    Connect-Koha $ApiRoot -Credential $key -WarningVariable access
    $connected = $true
    # -OutVariable keeps what was done even if the run ends early.
    Get-WorkdayPatron @read @settings -ErrorVariable unread -WarningVariable doubts |
        Update-KohaProxNumber @cards @settings -IncludeName:$IncludeName -JournalPath $journal -MissingPath (Join-Name "missing-$day.json") -Confirm:$false -OutVariable results -ErrorVariable problems -WarningVariable warnings -InformationVariable totals |
        Out-Null
    if ($unread -or $problems) {
        # Nobody could be read: nothing was done.
        $exitCode = if ($results) { 1 } else { 2 }
    }
}
catch {
    $log.Add("ERROR: $_")
    [Console]::Error.WriteLine("$_")
    $exitCode = if ((Get-JournalLength) -gt $before) { 1 } else { 2 }
}

$totals | ForEach-Object { $log.Add("$_") }
# An error that ended the run is there as an exception too, and was told already.
@($unread) + @($problems) | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | ForEach-Object { $log.Add("ERROR: $_") }
@($access) + @($doubts) + @($warnings) | Where-Object { $_ } | ForEach-Object { $log.Add("WARNING: $_") }
$log.Insert(0, "$([DateTime]::Now.ToString('yyyy-MM-dd HH:mm:ss', [Globalization.CultureInfo]::InvariantCulture)) exit code $exitCode")
try {
    [IO.File]::AppendAllLines((Join-Name 'cards.log'), $log)
    if ($results) {
        $results | Export-KohaPatronReport (Join-Name "cards-$day.html") -Title "Card numbers, $day"
    }
    if ($connected) {
        Disconnect-Koha
    }
}
catch {
    # The cards are done: a log that cannot be written does not make that undone.
    [Console]::Error.WriteLine("$_")
    $exitCode = [Math]::Max($exitCode, 1)
}
exit $exitCode
