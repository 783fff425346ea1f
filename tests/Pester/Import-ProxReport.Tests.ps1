BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Import-ProxReport' {
    BeforeAll {
        Save-Text "$TestDrive/prox.csv" "List of Changed Secondary Account Numbers`r`n`r`n`"Universal ID`",`"Prox ID`"`r`n`"001`",`"000057426       `"`r`n`"2`",`"`"`r`n`"3`",`"12a`"`r`n"
        Copy-Item "$TestDrive/prox.csv" "$TestDrive/prox [old].csv"
    }

    It 'gives card numbers and universal IDs as text, without the zeros that mean nothing' {
        $numbers = Import-ProxReport "$TestDrive/prox.csv" -WarningAction SilentlyContinue
        $numbers.UniversalId | Should -Be '1', '2'
        $numbers[0].CardNumber | Should -BeExactly '57426'
        $numbers[1].CardNumber | Should -BeNullOrEmpty
    }

    It 'takes paths from texts and from Get-ChildItem, wildcards and literal paths' {
        ("$TestDrive/prox.csv" | Import-ProxReport 3>$null).Count | Should -Be 2
        (Get-ChildItem $TestDrive -Filter prox*.csv | Import-ProxReport 3>$null).Count | Should -Be 4
        (Import-ProxReport "$TestDrive/pro?.csv" 3>$null).Count | Should -Be 2
        (Import-ProxReport -LiteralPath "$TestDrive/prox [old].csv" 3>$null).Count | Should -Be 2
    }

    It 'reads the report that the settings name, with the rule of the profile' {
        Save-Text "$TestDrive/settings.json" '{"proxReport": "prox.csv"}'
        (Import-ProxReport -SettingsPath "$TestDrive/settings.json" 3>$null).Count | Should -Be 2
        Save-Text "$TestDrive/long.csv" "Universal ID,Prox ID`n1,1234567`n"
        (Import-ProxReport "$TestDrive/long.csv" -Profile 2023).CardNumber | Should -Be '1234567'
    }

    It 'warns of a row that cannot be used, with its line and without the number' {
        Import-ProxReport "$TestDrive/prox.csv" -WarningVariable warnings -WarningAction SilentlyContinue | Out-Null
        $warnings.Message | Should -Be 'prox.csv, line 6: the Prox ID is not a number. The row is left out.'
    }

    It 'works with Where-Object, Group-Object and Sort-Object' {
        (Import-ProxReport "$Examples/prox.csv" -WarningAction SilentlyContinue | Where-Object CardNumber | Group-Object CardNumber | Where-Object Count -gt 1).Count | Should -BeGreaterThan 0
        (Import-ProxReport "$TestDrive/prox.csv" 3>$null | Sort-Object Line -Descending | Select-Object -First 1).UniversalId | Should -Be '2'
    }

    It 'names a page that was saved instead of the report' {
        Save-Text "$TestDrive/login.csv" '<!DOCTYPE html>'
        Assert-OneError { Import-ProxReport "$TestDrive/login.csv" } ProxReportNoHeader InvalidData login.csv '*Expected columns "Universal ID" and "Prox ID"*'
        Assert-OneError { Import-ProxReport nowhere.csv } PathNotFound ObjectNotFound nowhere.csv
        Assert-OneError { Import-ProxReport } ProxReportNotNamed InvalidArgument $null '*"proxReport" in the settings.'
    }

    It 'shows a table, and lets Tab complete its properties' {
        Get-View (Import-ProxReport "$TestDrive/prox.csv" 3>$null) | Should -Match 'UniversalId\s+CardNumber\s+LastName\s+FirstName\s+IsInactive\s+Line'
        Get-Completion 'Import-ProxReport | Where-Object Card' | Should -Be 'CardNumber'
    }
}
