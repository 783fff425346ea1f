<#
.SYNOPSIS
Builds, tests and packages the module. Each task is a line that calls a real tool.
.EXAMPLE
./build.ps1 Build
.EXAMPLE
./build.ps1 Test
#>
param([Parameter(Position = 0)] [ValidateSet('Build', 'Test')] [string] $Task = 'Build')

$ErrorActionPreference = 'Stop'
Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' { dotnet build KohaPatron.slnx -c Release }
        'Test' { dotnet test }
    }
    if ($LASTEXITCODE) { throw "$Task failed." }
}
finally {
    Pop-Location
}
