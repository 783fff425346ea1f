BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Records.ps1
}

Describe 'Compare-KohaPatron' {
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

    It 'tells who has left only with all exports whole, and ends their accounts on a given day' {
        Assert-OneError { Get-WorkdayPatron $TestDrive | Compare-KohaPatron @settings -Leaver } LeaverWithoutBaseline InvalidArgument '-Leaver'
        # All of Workday's exports belong to it.
        New-Item "$TestDrive/whole" -ItemType Directory | Out-Null
        Copy-Item "$TestDrive/*_data.json" "$TestDrive/whole"
        Save-Export "$TestDrive/whole/student_pre_college_data.json" @(Get-StudentRecord 'youngster' 'young')
        Test-WorkdayExport "$TestDrive/whole" -BaselinePath "$TestDrive/baseline.json" -UpdateBaseline -WarningAction SilentlyContinue | Out-Null
        Assert-OneError { Get-WorkdayPatron "$TestDrive/whole" -Type Student | Compare-KohaPatron @settings -Leaver -BaselinePath "$TestDrive/baseline.json" } LeaverExportsIncomplete InvalidArgument '-Leaver'
        Save-Export "$TestDrive/whole/employee_data.json" @()
        # The check right before, as in the help, does not take the accident for the new size.
        Test-WorkdayExport "$TestDrive/whole" -BaselinePath "$TestDrive/baseline.json" -UpdateBaseline -WarningAction SilentlyContinue | Out-Null
        Assert-OneError { Get-WorkdayPatron "$TestDrive/whole" 3>$null | Compare-KohaPatron @settings -Leaver -BaselinePath "$TestDrive/baseline.json" } ExportShrank LimitsExceeded 'employee_data.json'
        Copy-Item "$TestDrive/employee_data.json" "$TestDrive/whole"
        # What the baseline does not know may have lost anybody; nobody of an empty export came to tell of it.
        $known = Get-Content "$TestDrive/baseline.json" -Raw | ConvertFrom-Json
        $known.exports.PSObject.Properties.Remove('student_data.json')
        Save-Text "$TestDrive/part.json" (ConvertTo-Json $known -Depth 9)
        Assert-OneError { Get-WorkdayPatron "$TestDrive/whole" | Compare-KohaPatron @settings -Leaver -BaselinePath "$TestDrive/part.json" } LeaverExportsIncomplete InvalidArgument '-Leaver' '*does not know student_data.json*'
        $students = Get-Content "$TestDrive/whole/student_data.json" -Raw
        Save-Export "$TestDrive/whole/student_data.json" @()
        Assert-OneError { Get-WorkdayPatron "$TestDrive/whole" 3>$null | Compare-KohaPatron @settings -Leaver -BaselinePath "$TestDrive/part.json" } LeaverExportsIncomplete InvalidArgument '-Leaver' '*does not know student_data.json*'
        Save-Text "$TestDrive/whole/student_data.json" $students
        # Whoever is kept out of the pipeline, or comes through it as something else, has not left.
        Assert-OneError { Get-WorkdayPatron "$TestDrive/whole" | Where-Object UserName -NE 'alovelace@example.edu' | Compare-KohaPatron @settings -Leaver -BaselinePath "$TestDrive/baseline.json" -MaximumShrink 99 } LeaverExportsIncomplete InvalidArgument '-Leaver'
        Assert-OneError { @(Get-WorkdayPatron "$TestDrive/whole") + 'alovelace@example.edu' | Compare-KohaPatron @settings -Leaver -BaselinePath "$TestDrive/baseline.json" } LeaverWithoutPerson InvalidArgument '-Leaver'
        $leavers = @(Get-WorkdayPatron "$TestDrive/whole" | Compare-KohaPatron @settings -Leaver -BaselinePath "$TestDrive/baseline.json")
        $leavers.UserId | Should -Not -Contain 'alovelace@example.edu'
        $leavers.UserId | Should -Contain 'jsmith@example.edu'
        ($leavers | Update-KohaPatron @settings -JournalPath $journal 6>$null).Status | Sort-Object -Unique | Should -Be 'Leaver'
        $day = (Get-Date).AddDays(30).ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)
        # Not on a day that has gone, whatever else was asked.
        Assert-OneError { $leavers | Update-KohaPatron @settings -JournalPath $journal -ExpireLeaver 2020-01-31 } LeaverExpiryPast InvalidArgument '-ExpireLeaver'
        Assert-OneError { $leavers | Update-KohaPatron @settings -JournalPath $journal -ExpireLeaver (Get-Date).AddDays(-1) -WhatIf } LeaverExpiryPast InvalidArgument '-ExpireLeaver'
        Assert-OneError { $leavers | Update-KohaPatron @settings -JournalPath $journal -ExpireLeaver $day -MaximumLeaver 1 } TooManyLeavers LimitsExceeded $leavers.Count
        ($leavers | Update-KohaPatron @settings -JournalPath $journal -ExpireLeaver $day 6>$null).Status | Sort-Object -Unique | Should -Be 'Updated'
        (Get-KohaPatron jsmith@example.edu).ExpiryDate | Should -Be $day
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
