# Registers nightly-cards.ps1 in Windows Task Scheduler. Run it in an elevated PowerShell.
# The account needs the right to log on as a batch job, and to have run save-key.ps1 itself: the key is encrypted for it.
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)] [string] $ApiRoot,
    [Parameter(Mandatory)] [string] $KeyPath,
    [Parameter(Mandatory)] [string] $Folder,
    [Parameter(Mandatory)] [pscredential] $Account,
    [string] $Source,
    [string] $ProxReport,
    [string] $SettingsPath,
    [datetime] $At = '03:00',
    [string] $TaskName = 'KohaPatron card numbers'
)

$ErrorActionPreference = 'Stop'

# The task runs in another folder.
function Resolve-Name([string] $Path) {
    if (-not $Path -or $Path -like 'gs://*') { $Path } else { $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path) }
}

$script = [ordered]@{ ApiRoot = $ApiRoot; KeyPath = Resolve-Name $KeyPath; Folder = Resolve-Name $Folder; Source = Resolve-Name $Source; ProxReport = Resolve-Name $ProxReport; SettingsPath = Resolve-Name $SettingsPath }
# A backslash before the closing quotation mark would be read as part of the text: it is written twice.
$arguments = $script.GetEnumerator() | Where-Object Value | ForEach-Object { '-{0} "{1}"' -f $_.Key, ($_.Value -replace '(\\+)$', '$1$1') }
$shell = (Get-Command pwsh, powershell -ErrorAction Ignore | Select-Object -First 1).Source
$task = @{
    Action   = New-ScheduledTaskAction -Execute $shell -Argument ('-NoProfile -NonInteractive -ExecutionPolicy RemoteSigned -File "{0}" {1}' -f (Join-Path $PSScriptRoot 'nightly-cards.ps1'), ($arguments -join ' '))
    Trigger  = New-ScheduledTaskTrigger -Daily -At $At
    # A second copy does not start while the first runs; the journal would refuse it anyway.
    Settings = New-ScheduledTaskSettingsSet -MultipleInstances IgnoreNew -StartWhenAvailable -ExecutionTimeLimit (New-TimeSpan -Hours 2)
}
if ($PSCmdlet.ShouldProcess($TaskName, "Register a task for $($Account.UserName), every day at $($At.ToString('HH:mm'))")) {
    Register-ScheduledTask -TaskName $TaskName -User $Account.UserName -Password $Account.GetNetworkCredential().Password @task -Force
}
