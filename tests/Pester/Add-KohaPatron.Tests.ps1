BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Add-KohaPatron' {
    BeforeAll {
        $script:koha = Open-Fake koha
        Connect-Koha $koha.Address (Get-KohaKey)
        $script:settings = "$TestDrive/settings.json"
        Save-Text $settings '{"library": "MAIN", "attributes": {"universalId": "UID", "studentId": "STUID", "major": "PROGRAM", "department": "DEPT"}}'

        function Get-Row([hashtable[]] $Student) {
            Save-Export "$TestDrive/student_data.json" $Student
            Get-WorkdayPatron $TestDrive | ConvertTo-KohaPatronCsv -End 2099-12-18 -SettingsPath $settings -WarningAction SilentlyContinue 6>$null
        }
    }

    AfterAll {
        Disconnect-Koha
        Close-Fake $koha
    }

    It 'makes a patron of each row, attributes included, and leaves alone whoever is there' {
        $results = Get-Row (Get-StudentRecord 'new1' 'N1'), (Get-StudentRecord 'jdoe' 'N2') | Add-KohaPatron
        $results.Status | Should -Be 'Added', 'Exists'
        $made = Get-KohaPatron new1
        $made.PatronId | Should -Be $results[0].PatronId
        $made.LibraryId, $made.CategoryId, $made.ExpiryDate | Should -Be 'MAIN', 'UNDERGRAD', '2099-12-18'
        $made.Attributes | Should -Contain 'UID:N1'
    }

    It 'takes rows that were changed on the way' {
        Get-Row (Get-StudentRecord 'new2' 'N3') | ForEach-Object { $_.categorycode = 'GRAD'; $_ } | Add-KohaPatron | Out-Null
        (Get-KohaPatron new2).CategoryId | Should -Be 'GRAD'
    }

    It 'takes people with the end of the semester' {
        Save-Export "$TestDrive/missing.json" @(Get-StudentRecord 'new3' 'N4')
        (Get-WorkdayPatron "$TestDrive/missing.json" | Add-KohaPatron -End 2099-12-18 -SettingsPath $settings).Status | Should -Be 'Added'
        Assert-OneError { Get-WorkdayPatron "$TestDrive/missing.json" | Add-KohaPatron } KohaPatronNotARow InvalidArgument $null '*with -End, a person*'
    }

    It 'tells what Koha refused in an error with the user, and goes on' {
        $rows = Get-Row (Get-StudentRecord 'new4' '1000001'), (Get-StudentRecord 'new5' 'N6')
        Assert-OneError { $rows | Add-KohaPatron } KohaPatronNotAdded InvalidData new4 'new4: another patron has this cardnumber.*'
        ($rows | Add-KohaPatron -ErrorAction SilentlyContinue).Status | Should -Be 'Failed', 'Exists'
    }

    It 'shows a table, and lets Tab complete its values' {
        Get-View (Get-Row (Get-StudentRecord 'jdoe' 'N2') | Add-KohaPatron) | Should -Match 'Status\s+UserId\s+PatronId\s+Message'
        Get-Completion 'Add-KohaPatron | Where-Object Status -eq Ex' | Should -Be 'Exists'
    }
}
