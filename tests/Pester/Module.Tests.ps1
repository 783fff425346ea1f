BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $script:cmdlets = (Get-Manifest).CmdletsToExport
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'The module' {
    BeforeAll {
        $script:manifest = Get-Manifest
    }

    It 'has a manifest that PowerShell takes without a warning' {
        $tested = Test-ModuleManifest $ModuleManifest -WarningVariable warnings -ErrorAction Stop
        $tested.Name | Should -Be 'KohaPatron'
        $warnings | Should -BeNullOrEmpty
        $manifest.CompatiblePSEditions | Sort-Object | Should -Be 'Core', 'Desktop'
    }

    It 'exports what the manifest lists, by name' {
        (Get-Module KohaPatron).ExportedCommands.Keys | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
        foreach ($list in 'CmdletsToExport', 'FunctionsToExport', 'AliasesToExport', 'VariablesToExport') {
            $manifest[$list] | Where-Object { $_ -match '[*?]' } | Should -BeNullOrEmpty -Because "$list is read by tools that do not import the module"
        }
    }

    It 'saves statuses and kinds by the names that filters ask for' {
        $enums = (Get-Command -Module KohaPatron).OutputType.Type | ForEach-Object { if ($_) { $_.GetProperties().PropertyType } } | Where-Object { $_.IsEnum -and $_.Namespace -like 'KohaPatron.*' } | Sort-Object FullName -Unique
        $enums.Count | Should -BeGreaterThan 9
        foreach ($enum in $enums) {
            [pscustomobject]@{ Value = [enum]::GetValues($enum)[1] } | Export-Clixml "$TestDrive/saved.xml"
            (Import-Clixml "$TestDrive/saved.xml").Value | Should -BeExactly ([enum]::GetNames($enum)[1])
        }
    }

    It 'is imported without a word, again with -Force, and removed' {
        Invoke-Console @'
Import-Module $ModuleManifest -Force
(Get-WorkdayPatron $Examples -Type Student | Select-Object -First 1).UserName
Remove-Module KohaPatron
# Not found in the folders of installed modules either.
$PSModuleAutoLoadingPreference = 'ModuleQualified'
$null -eq (Get-Command Get-WorkdayPatron -ErrorAction Ignore)
Import-Module $ModuleManifest
(Get-WorkdayPatron $Examples -Type Student | Select-Object -First 1).UserName
'@ | Should -Be 'anunez0', 'True', 'anunez0'
    }

    It 'is imported by sixteen runspaces at once' {
        # In a process that has not imported it: what the first import does is done once for all of them.
        Save-Text "$TestDrive/sixteen.ps1" @'
param($Manifest, $Examples)
$shells = 1..16 | ForEach-Object { [powershell]::Create() }
$shells | ForEach-Object {
    $null = $_.AddScript('param($Manifest, $Examples) Import-Module $Manifest; (Get-WorkdayPatron $Examples -Type Student | Select-Object -First 1).UserName')
    $null = $_.AddParameters(@{ Manifest = $Manifest; Examples = $Examples })
    # Opened before any begins, so that all come to the import together.
    $_.Runspace = [runspacefactory]::CreateRunspace()
    $_.Runspace.Open()
}
$begun = @($shells | ForEach-Object { $_.BeginInvoke() })
for ($i = 0; $i -lt 16; $i++) {
    $shells[$i].EndInvoke($begun[$i])
    $shells[$i].Streams.Error | ForEach-Object { "$_" }
}
'@
        Invoke-Shell -File "$TestDrive/sixteen.ps1" $ModuleManifest $Examples | Should -Be (@('anunez0') * 16)
    }

    It 'has no tests of cmdlets that it does not have' {
        $tested = (Get-ChildItem $PSScriptRoot -Filter *-*.Tests.ps1).Name -replace '\.Tests\.ps1$'
        $tested | Where-Object { $_ -notin $manifest.CmdletsToExport } | Should -BeNullOrEmpty
    }
}

Describe '<_>' -ForEach $cmdlets {
    It 'has an approved verb' {
        ($_ -split '-')[0] | Should -BeIn (Get-Verb).Verb
    }

    It 'has a file of tests' {
        Join-Path $PSScriptRoot "$_.Tests.ps1" | Should -Exist
    }

    It 'has help: a synopsis in words and at least two examples' {
        $help = Get-Help $_
        # Without help, PowerShell gives the syntax for a synopsis.
        $help.Synopsis.Trim() | Should -Not -BeLike "$_*"
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
    }
}
