BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Records.ps1
}

Describe 'Update-KohaPatron' {
    BeforeEach {
        $script:koha = Open-Fake koha
        Connect-Koha $koha.Address (Get-KohaKey)
        $script:journal = "$TestDrive/$([guid]::NewGuid()).jsonl"
    }

    AfterEach {
        Disconnect-Koha
        Close-Fake $koha
    }

    It 'tells in one sentence what would happen, does it, finds nothing left, and takes all of it back' {
        $before = Get-KohaState $koha | ConvertFrom-Json | ForEach-Object { $_ | Select-Object * -ExcludeProperty updated_on, extended_attributes }  | ConvertTo-Json -Depth 5
        $plan = @(Get-Row | Compare-KohaPatron @settings)
        $shown = Invoke-Console "Connect-Koha $($koha.Address) (Get-KohaKey); Get-WorkdayPatron . -SettingsPath settings.json | Update-KohaPatron -End 2027-12-17 -ProxReport prox.csv -SettingsPath settings.json -JournalPath none.jsonl -WhatIf"
        "$shown" | Should -BeLike '*What if: 1 patron made, 3 changed (3 *), 1 left alone.*'
        "$shown" | Should -Not -Match '1000004'
        Test-Path "$TestDrive/none.jsonl" | Should -BeFalse
        $results = $plan | Update-KohaPatron @settings -JournalPath $journal -InformationVariable totals 6>$null
        ($results | Sort-Object UserId).Status | Should -Be 'Updated', 'Updated', 'Updated', 'Created', 'Renamed'
        "$totals" | Should -BeLike '1 patron made, 3 changed (*), 1 left alone.*'
        (Get-KohaPatron -PatronId 5).CardNumber | Should -Be '1000004'
        (Get-KohaPatron -PatronId 5).Attributes | Should -Contain 'PROGRAM:ANIMA'
        (Get-KohaPatron -PatronId 5).Attributes | Should -Contain 'DEPT:Design'
        (Get-KohaPatron newcomer).Attributes | Should -Be 'PROGRAM:ANIMA', 'STUID:Snew', 'UID:new'
        (Get-Row | Compare-KohaPatron @settings).Status | Sort-Object -Unique | Should -Be 'Unchanged', 'Renamed'
        $undone = Undo-KohaPatron $journal @settings 6>$null
        ($undone | Sort-Object UserId).Status | Should -Be 'Updated', 'Updated', 'Updated', 'Deleted'
        Get-KohaState $koha | ConvertFrom-Json | ForEach-Object { $_ | Select-Object * -ExcludeProperty updated_on, extended_attributes } | ConvertTo-Json -Depth 5 | Should -Be $before
        (Get-KohaPatron -PatronId 5).Attributes | Should -Be 'DEPT:Design', 'STUID:S1001', 'UID:U1001'
        Undo-KohaPatron $journal @settings 6>$null | Should -BeNullOrEmpty
    }

    It 'carries out a plan that was kept as <Kind>, and refuses it changed by hand' -ForEach @(
        @{ Kind = 'XML'; Keep = { param($plan, $path) $plan | Export-Clixml $path }; Read = { param($path) Import-Clixml $path } }
        @{ Kind = 'JSON'; Keep = { param($plan, $path) ConvertTo-Json $plan | Set-Content $path }; Read = { param($path) Get-Content $path -Raw | ConvertFrom-Json } }
    ) {
        & $Keep @(Get-Row | Compare-KohaPatron @settings) "$TestDrive/plan"
        $plan = & $Read "$TestDrive/plan"
        $broken = & $Read "$TestDrive/plan"
        if ($Kind -eq 'XML') {
            # A part of it is what somebody says yes to.
            ($plan | Where-Object Status -EQ Change).Count | Should -Be 3
        }
        $ada = $broken | Where-Object UserId -EQ 'alovelace@example.edu'
        $ada.Then[[array]::IndexOf([string[]] @($ada.Field), 'dateexpiry')] = '2020-01-01'
        Assert-OneError { $broken | Update-KohaPatron @settings -JournalPath $journal } PlanInvalid InvalidData 'alovelace@example.edu'
        Test-Path $journal | Should -BeFalse
        (@($plan) | Update-KohaPatron @settings -JournalPath $journal 6>$null | Sort-Object UserId).Status | Should -Be 'Updated', 'Updated', 'Updated', 'Created', 'Renamed'
    }

    It 'refuses a plan whose lists have lost what they were' {
        $plan = @(Get-Row | Compare-KohaPatron @settings)
        $plan | Export-Csv "$TestDrive/plan.csv" -NoTypeInformation
        Assert-OneError { Import-Csv "$TestDrive/plan.csv" | Update-KohaPatron @settings -JournalPath $journal } PlanInvalid InvalidData $plan[0].UserId '*ConvertTo-Json keep it, Export-Csv does not*'
        foreach ($value in @('a', 'b'), @{ a = 1 }, (Get-Date), $true, 1.5) {
            $broken = ConvertTo-Json $plan -Depth 5 | ConvertFrom-Json
            $ada = @($broken | Where-Object UserId -EQ 'alovelace@example.edu')[0]
            $ada.Then[0] = $value
            Assert-OneError { $broken | Update-KohaPatron @settings -JournalPath $journal } PlanInvalid InvalidData 'alovelace@example.edu' '*where a text should be*'
        }
        foreach ($edit in { $this.Status = 'New, Change' }, { $this.UserId = @('alovelace@example.edu', 'b') }) {
            $broken = ConvertTo-Json $plan -Depth 5 | ConvertFrom-Json
            $broken | Where-Object UserId -EQ 'alovelace@example.edu' | ForEach-Object { $this = $_; . $edit }
            { $broken | Update-KohaPatron @settings -JournalPath $journal } | Should -Throw -ErrorId 'PlanInvalid*'
        }
        Test-Path $journal | Should -BeFalse
    }

    It 'gives the number of a patron that it made' {
        $made = Get-Row | Update-KohaPatron @settings -JournalPath $journal 6>$null | Where-Object Status -EQ Created
        $made.PatronId | Should -Be (Get-KohaPatron newcomer).PatronId
    }

    It 'protects the fields and patrons that the settings name' {
        $own = (Get-Content "$TestDrive/settings.json" -Raw | ConvertFrom-Json)
        $own | Add-Member protect @{ fields = @('cardnumber'); patrons = @('alovelace@example.edu') }
        Save-Text "$TestDrive/own.json" ($own | ConvertTo-Json)
        $plan = @(Get-Row | Compare-KohaPatron -SettingsPath "$TestDrive/own.json")
        ($plan | Where-Object Status -EQ Excepted).UserId | Should -Be 'alovelace@example.edu'
        ($plan | Where-Object Status -EQ Change).Field | Should -Not -Contain 'cardnumber'
        # Misspelt it would protect nothing, for a plan that was kept too.
        $own.protect.fields = @('CardNumber')
        Save-Text "$TestDrive/misspelt.json" ($own | ConvertTo-Json)
        Assert-OneError { Get-Row | Compare-KohaPatron @settings | Update-KohaPatron -SettingsPath "$TestDrive/misspelt.json" -JournalPath $journal } PatronFieldUnknown InvalidArgument 'CardNumber'
        # The rest of the plan goes by other settings than it was made with.
        Assert-OneError { Get-Row | Compare-KohaPatron @settings | Update-KohaPatron -SettingsPath "$TestDrive/own.json" -JournalPath $journal } PlanInvalid InvalidData 'alovelace@example.edu'
    }
}
