BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Compare-KohaPatron, Update-KohaPatron, Undo-KohaPatron' {
    BeforeAll {
        Save-Text "$TestDrive/settings.json" '{"replaceTables": true, "library": "MAIN", "attributes": {"universalId": "UID", "studentId": "STUID", "major": "PROGRAM", "department": "DEPT"}, "categories": {"Undergraduate": "STUDENT", "Faculty": "FACULTY", "Staff": "STAFF"}, "majors": {"Animation": "ANIMA"}}'
        Save-Text "$TestDrive/prox.csv" "Universal ID,Prox ID`nU1001,1000004`nU1004,1000001`nU1002,57426`nnew,77`n"
        $people = @(
            Get-StudentRecord 'alovelace@example.edu' 'U1001' @{ first_name = 'Ada'; last_name = 'Lovelace'; student_id = 'S1001' }
            Get-StudentRecord 'anunez@example.edu' 'U1002' @{ student_id = 'S1002' }
            Get-StudentRecord 'somebodyelse' 'U1006' @{ student_id = 'S1006' }
            Get-StudentRecord 'newcomer' 'new'
        )
        Save-Export "$TestDrive/student_data.json" $people
        Save-Export "$TestDrive/employee_data.json" @(Get-EmployeeRecord 'ghopper@example.edu' 'U1004' @{ etype = 'Faculty' })
        $script:settings = @{ SettingsPath = "$TestDrive/settings.json" }

        function Get-Row {
            Get-WorkdayPatron $TestDrive @settings | ConvertTo-KohaPatronCsv -End 2027-12-17 -EnrolledOn 2027-08-20 -ProxReport "$TestDrive/prox.csv" @settings 3>$null 6>$null
        }
    }

    BeforeEach {
        $script:koha = Open-Fake koha
        Connect-Koha $koha.Address (Get-KohaKey)
        $script:journal = "$TestDrive/$([guid]::NewGuid()).jsonl"
    }

    AfterEach {
        Disconnect-Koha
        Close-Fake $koha
    }

    It 'plans a line for each person, and shows the changes like a diff that fits 80 columns' {
        $plan = @(Get-Row | Compare-KohaPatron @settings)
        ($plan | Sort-Object UserId | ForEach-Object { "$($_.Status) $($_.UserId)" }) | Should -Be 'Change alovelace@example.edu', 'Change anunez@example.edu', 'Change ghopper@example.edu', 'New newcomer', 'Renamed somebodyelse'
        $ada = $plan | Where-Object UserId -EQ 'alovelace@example.edu'
        $ada.Field | Should -Contain 'dateexpiry'
        $ada.Field | Should -Not -Contain 'dateenrolled'
        $ada.Now[$ada.Field.IndexOf('cardnumber')] | Should -Be '1000001'
        $ada.Then[$ada.Field.IndexOf('cardnumber')] | Should -Be '1000004'
        $lines = ($plan | Out-String -Width 80) -split '\r?\n'
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        $lines -match '^\s+dateexpiry\s+2027-05-31\s+2027-12-17' | Should -Not -BeNullOrEmpty
        (Get-Row | Compare-KohaPatron @settings -Field dateexpiry | Where-Object Status -EQ Change).Field | Sort-Object -Unique | Should -Be 'dateexpiry'
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
        $ada = $broken | Where-Object UserId -EQ 'alovelace@example.edu'
        $ada.Then[[array]::IndexOf([string[]] @($ada.Field), 'dateexpiry')] = '2020-01-01'
        Assert-OneError { $broken | Update-KohaPatron @settings -JournalPath $journal } PlanInvalid InvalidData 'alovelace@example.edu'
        Test-Path $journal | Should -BeFalse
        (@($plan) | Update-KohaPatron @settings -JournalPath $journal 6>$null | Sort-Object UserId).Status | Should -Be 'Updated', 'Updated', 'Updated', 'Created', 'Renamed'
    }

    It 'leaves alone who was changed since, and does not delete whom somebody has worked with' {
        Get-Row | Update-KohaPatron @settings -JournalPath $journal 6>$null | Out-Null
        Save-Text "$TestDrive/later.csv" "Universal ID,Prox ID`nU1002,99`nnew,98`n"
        Get-WorkdayPatron $TestDrive | Update-KohaProxNumber "$TestDrive/later.csv" @settings -JournalPath "$TestDrive/$([guid]::NewGuid()).jsonl" 6>$null | Out-Null
        $undone = Undo-KohaPatron $journal @settings 6>$null
        ($undone | Where-Object Status -EQ Conflict).UserId | Sort-Object | Should -Be 'anunez@example.edu', 'newcomer'
        (Get-KohaPatron newcomer).CardNumber | Should -Be '98'
    }

    It 'protects the fields and patrons that the settings name' {
        $own = (Get-Content "$TestDrive/settings.json" -Raw | ConvertFrom-Json)
        $own | Add-Member protect @{ fields = @('cardnumber'); patrons = @('alovelace@example.edu') }
        Save-Text "$TestDrive/own.json" ($own | ConvertTo-Json)
        $plan = @(Get-Row | Compare-KohaPatron -SettingsPath "$TestDrive/own.json")
        ($plan | Where-Object Status -EQ Excepted).UserId | Should -Be 'alovelace@example.edu'
        ($plan | Where-Object Status -EQ Change).Field | Should -Not -Contain 'cardnumber'
        # The rest of the plan goes by other settings than it was made with.
        Assert-OneError { Get-Row | Compare-KohaPatron @settings | Update-KohaPatron -SettingsPath "$TestDrive/own.json" -JournalPath $journal } PlanInvalid InvalidData 'alovelace@example.edu'
    }

    It 'tells who has left only with all exports whole, and ends their accounts on a given day' {
        Assert-OneError { Get-WorkdayPatron $TestDrive | Compare-KohaPatron @settings -Leaver } LeaverWithoutBaseline InvalidArgument '-Leaver'
        Test-WorkdayExport $TestDrive -BaselinePath "$TestDrive/baseline.json" -UpdateBaseline -WarningAction SilentlyContinue | Out-Null
        Assert-OneError { Get-WorkdayPatron $TestDrive -Type Student | Compare-KohaPatron @settings -Leaver -BaselinePath "$TestDrive/baseline.json" } WorkdayExportShrank InvalidData 'baseline.json'
        $leavers = @(Get-WorkdayPatron $TestDrive | Compare-KohaPatron @settings -Leaver -BaselinePath "$TestDrive/baseline.json")
        $leavers.UserId | Should -Not -Contain 'alovelace@example.edu'
        $leavers.UserId | Should -Contain 'jsmith@example.edu'
        ($leavers | Update-KohaPatron @settings -JournalPath $journal 6>$null).Status | Sort-Object -Unique | Should -Be 'Leaver'
        Assert-OneError { $leavers | Update-KohaPatron @settings -JournalPath $journal -ExpireLeaver 2027-01-31 -MaximumLeaver 1 } TooManyLeavers LimitsExceeded $leavers.Count
        ($leavers | Update-KohaPatron @settings -JournalPath $journal -ExpireLeaver 2027-01-31 6>$null).Status | Sort-Object -Unique | Should -Be 'Updated'
        (Get-KohaPatron jsmith@example.edu).ExpiryDate | Should -Be '2027-01-31'
    }

    It 'completes the fields, the settings'' types of attributes too, and refuses others' {
        Get-Completion "Compare-KohaPatron -SettingsPath '$TestDrive/settings.json' -Field date" | Should -Be 'dateexpiry'
        Get-Completion "Compare-KohaPatron -SettingsPath '$TestDrive/settings.json' -Field PROG" | Should -Be 'PROGRAM'
        Assert-OneError { Get-Row | Compare-KohaPatron @settings -Field dateenrolled } PatronFieldUnknown InvalidArgument dateenrolled
    }

    It 'makes a page of the plan that names fields, and nobody''s name or card' {
        Get-Row | Compare-KohaPatron @settings | Export-KohaPatronReport "$TestDrive/plan.html"
        $page = Get-Content "$TestDrive/plan.html" -Raw
        $page | Should -Match '1 to be made, 3 to be changed, 1 left alone\.'
        $page | Should -Match 'dateexpiry: 2027-05-31 to 2027-12-17'
        $page | Should -Not -MatchExactly '1000004|Lovelace'
    }
}
