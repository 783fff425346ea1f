<#
.SYNOPSIS
Builds, shows, tests, documents and packages the module. Each task is a few lines that call a real tool.
.DESCRIPTION
With nothing but the .NET SDK, PowerShell comes from .config/dotnet-tools.json: dotnet tool exec powershell --yes -- ./build.ps1 Demo
.PARAMETER Task
Build makes out/KohaPatron, ready to import. Demo builds it and loads the people in examples. Test runs every test, xunit and
Pester. Docs brings docs/cmdlets and the module's help up to date (Microsoft.PowerShell.PlatyPS). Lint runs the analyzers
(PSScriptAnalyzer). Package makes the nupkg that Install-PSResource and Install-Module take (Microsoft.PowerShell.PSResourceGet
1.1 or later).
.EXAMPLE
./build.ps1 Demo
.EXAMPLE
./build.ps1 Test
#>
[CmdletBinding()]
param([Parameter(Position = 0)] [ValidateSet('Build', 'Demo', 'Test', 'Docs', 'Lint', 'Package')] [string] $Task = 'Build')

$ErrorActionPreference = 'Stop'

function Invoke-Tool([scriptblock] $Command) {
    & $Command
    if ($LASTEXITCODE) { throw "$Command failed." }
}

function Build-Module([string[]] $Property) {
    Write-Host 'Building the module (the first time takes a minute) ...'
    # A build that succeeds has nothing to say to whoever waits for the demo.
    $said = dotnet build src/KohaPatron.PowerShell -c Release -v quiet --nologo @Property
    if ($LASTEXITCODE) {
        $said | Write-Host
        throw 'The module was not built.'
    }
}

# A script in a PowerShell of its own: the module that it loads is not held in this session, where the next build would meet it.
# The program of "dotnet tool exec" is dotnet.
function Invoke-Script([string] $Path) {
    $program = (Get-Process -Id $PID).Path
    [string[]] $first = if ((Split-Path $program -Leaf) -match '^dotnet(\.exe)?$') { Join-Path $PSHOME pwsh.dll }
    & $program @first -NoProfile -File $Path
}

Push-Location -LiteralPath $PSScriptRoot
try {
    switch ($Task) {
        'Build' { Build-Module }
        'Demo' {
            Build-Module
            Invoke-Tool { Invoke-Script examples/semester-load.ps1 }
        }
        'Test' {
            Invoke-Script tests/Invoke-Tests.ps1
            exit $LASTEXITCODE
        }
        'Docs' {
            Build-Module
            & ./docs/Update-About.ps1
            & ./docs/Update-Help.ps1
        }
        'Lint' {
            Invoke-Tool { dotnet format KohaPatron.slnx --verify-no-changes }
            # The manifest as it is laid out: the analyzer looks for the files that it names.
            $findings = Get-ChildItem build.ps1, docs, examples, tests, out/KohaPatron -Recurse -Include *.ps1, *.psm1, *.psd1 | Invoke-ScriptAnalyzer
            $findings
            if ($findings) { throw "PSScriptAnalyzer found $(@($findings).Count) things." }
        }
        'Package' {
            # With what is compiled for the system that most people have.
            Build-Module '-p:ReadyToRunFor=win-x64'
            New-Item out/package -ItemType Directory -Force | Out-Null
            Compress-PSResource -Path out/KohaPatron -DestinationPath out/package -PassThru
        }
    }
}
finally {
    Pop-Location
}
