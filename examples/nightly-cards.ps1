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

if (-not (Get-Command Update-KohaProxNumber -ErrorAction Ignore)) {
    Import-Module KohaPatron
}

function Join-Name([string] $Name) { [IO.Path]::Combine($Folder, $Name) }

$day = [DateTime]::Today.ToString('yyyy-MM-dd', [Globalization.CultureInfo]::InvariantCulture)
$settings = if ($SettingsPath) { @{ SettingsPath = $SettingsPath } } else { @{} }
$read = if ($Source) { @{ Path = $Source } } else { @{} }
$cards = if ($ProxReport) { @{ ProxReport = $ProxReport } } else { @{} }
$results = [Collections.ArrayList]::new()
$log = [Collections.Generic.List[string]]::new()
$exitCode = 0
try {
    [IO.Directory]::CreateDirectory($Folder) | Out-Null
    Connect-Koha $ApiRoot -Credential ([Management.Automation.PSSerializer]::Deserialize([IO.File]::ReadAllText($KeyPath))) -WarningVariable access
    # -OutVariable keeps what was done even if the run ends early.
    Get-WorkdayPatron @read @settings -ErrorVariable unread -WarningVariable doubts |
        Update-KohaProxNumber @cards @settings -IncludeName:$IncludeName -JournalPath (Join-Name "cards-$day.jsonl") -MissingPath (Join-Name "missing-$day.json") -Confirm:$false -OutVariable results -ErrorVariable problems -WarningVariable warnings -InformationVariable totals |
        Out-Null
    if ($unread -or $problems) {
        $exitCode = 1
    }
}
catch {
    $log.Add("ERROR: $_")
    [Console]::Error.WriteLine("$_")
    $exitCode = if (@($results).Status -contains 'Updated') { 1 } else { 2 }
}

$totals | ForEach-Object { $log.Add("$_") }
$unread, $problems | ForEach-Object { $_ } | ForEach-Object { $log.Add("ERROR: $_") }
$access, $doubts, $warnings | ForEach-Object { $_ } | ForEach-Object { $log.Add("WARNING: $_") }
$log.Insert(0, "$([DateTime]::Now.ToString('yyyy-MM-dd HH:mm:ss', [Globalization.CultureInfo]::InvariantCulture)) exit code $exitCode")
try {
    [IO.File]::AppendAllLines((Join-Name 'cards.log'), $log)
    $results | Export-KohaPatronReport (Join-Name "cards-$day.html") -Title "Card numbers, $day"
}
catch {
    # The cards are done: a log that cannot be written does not make that undone.
    [Console]::Error.WriteLine("$_")
    $exitCode = [Math]::Max($exitCode, 1)
}
Disconnect-Koha
exit $exitCode
