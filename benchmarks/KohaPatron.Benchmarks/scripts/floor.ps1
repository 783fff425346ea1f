# As many ready-made objects as the load has people, through three cmdlets that do nothing: what the engine takes by itself.
param([int] $People, [string] $Cmdlets)

$ErrorActionPreference = 'Stop'
Import-Module $Cmdlets
Send-Ready -Count $People | Step-Ready | Receive-Ready
