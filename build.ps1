<#
.SYNOPSIS
Builds, tests, documents and packages the module. Each task is a line or two that call a real tool.
.PARAMETER Task
Build makes out/KohaPatron, ready to import. Test runs the xunit suites and Pester. Docs brings docs/cmdlets and the help up to
date with the cmdlets (Microsoft.PowerShell.PlatyPS). Lint runs the analyzers. Package makes the nupkg that Install-PSResource
and Install-Module take (Microsoft.PowerShell.PSResourceGet 1.1 or later).
.EXAMPLE
./build.ps1
.EXAMPLE
./build.ps1 Test
#>
[CmdletBinding()]
param([Parameter(Position = 0)] [ValidateSet('Build', 'Test', 'Docs', 'Lint', 'Package')] [string] $Task = 'Build')

$ErrorActionPreference = 'Stop'

function Invoke-Tool([scriptblock] $Command) {
    & $Command
    if ($LASTEXITCODE) { throw "$Command failed." }
}

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' { Invoke-Tool { dotnet build KohaPatron.slnx -c Release } }
        'Test' {
            Invoke-Tool { dotnet test }
            Invoke-Pester -Path tests/Pester -CI
        }
        'Docs' { & ./docs/Update-Help.ps1 }
        'Lint' {
            Invoke-Tool { dotnet format KohaPatron.slnx --verify-no-changes }
            # The manifest as it is laid out: the analyzer looks for the files that it names.
            $findings = Get-ChildItem build.ps1, docs, examples, tests/Pester, out/KohaPatron -Recurse -Include *.ps1, *.psm1, *.psd1 | Invoke-ScriptAnalyzer
            $findings
            if ($findings) { throw "PSScriptAnalyzer found $(@($findings).Count) things." }
        }
        'Package' {
            Invoke-Tool { dotnet build src/KohaPatron.PowerShell -c Release }
            [IO.Directory]::CreateDirectory("$PSScriptRoot/out/package") | Out-Null
            Compress-PSResource -Path out/KohaPatron -DestinationPath out/package -PassThru
        }
    }
}
finally {
    Pop-Location
}
