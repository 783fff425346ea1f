BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Get-KohaPatron' {
    BeforeAll {
        $script:koha = Open-Fake koha
        Connect-Koha $koha.Address (Get-KohaKey)
        Save-Text "$TestDrive/settings.json" '{"attributes": {"universalId": "UID"}}'
        Save-Export "$TestDrive/student_data.json" @((Get-StudentRecord 'jdoe' '1'), (Get-StudentRecord 'ghopper@example.edu' 'U1004'))
    }

    AfterAll {
        Disconnect-Koha
        Close-Fake $koha
    }

    It 'finds patrons by each of their numbers, in the order of the question' {
        (Get-KohaPatron jdoe, alovelace@example.edu).PatronId | Should -Be 16, 5
        (Get-KohaPatron -CardNumber 1000004, 1000001).PatronId | Should -Be 8, 5
        (Get-KohaPatron -UniversalId U1001 -SettingsPath "$TestDrive/settings.json").PatronId | Should -Be 5
        (Get-KohaPatron -PatronId 6).UserId | Should -Be 'anunez@example.edu'
    }

    It 'takes user ids from the pipeline: texts, and objects with UserName or UserId' {
        ('jdoe', 'alovelace@example.edu' | Get-KohaPatron).PatronId | Should -Be 16, 5
        ([pscustomobject]@{ UserName = 'jdoe' } | Get-KohaPatron).PatronId | Should -Be 16
        ([pscustomobject]@{ UserId = 'jdoe'; Other = 1 } | Get-KohaPatron).PatronId | Should -Be 16
        (Get-KohaPatron jdoe | Get-KohaPatron).PatronId | Should -Be 16
    }

    It 'takes people of an export and rows of a load' {
        (Get-WorkdayPatron $TestDrive | Get-KohaPatron).PatronId | Should -Be 16, 8
        $rows = Get-WorkdayPatron $TestDrive | ConvertTo-KohaPatronCsv -End 2099-12-18 -WarningAction SilentlyContinue 6>$null
        ($rows | Get-KohaPatron).PatronId | Should -Be 16, 8
    }

    It 'works with Where-Object, Group-Object, Sort-Object and Export-Csv' {
        $patrons = Get-KohaPatron -PatronId (5..16)
        ($patrons | Where-Object CardNumber -eq 1000012).UserId | Should -Be 'jdoe'
        ($patrons | Group-Object CategoryId).Count | Should -BeGreaterThan 1
        ($patrons | Sort-Object PatronId -Descending)[0].PatronId | Should -Be 16
        $patrons | Export-Csv "$TestDrive/patrons.csv" -NoTypeInformation -Encoding UTF8
        (Import-Csv "$TestDrive/patrons.csv" -Encoding UTF8)[1].Surname | Should -Be $patrons[1].Surname
    }

    It 'makes an error for whoever is not found, and goes on' {
        ('nobody', 'jdoe' | Get-KohaPatron -ErrorAction SilentlyContinue).PatronId | Should -Be 16
        Assert-OneError { Get-KohaPatron nobody } KohaPatronNotFound ObjectNotFound nobody 'No patron with the user id nobody.*'
    }

    It 'shows no card number in an error' {
        Assert-OneError { Get-KohaPatron -CardNumber 424242 } KohaPatronNotFound ObjectNotFound given 'No patron with the card number given.*'
    }

    It 'shows a table, and lets Tab complete its properties' {
        Get-View (Get-KohaPatron jdoe) | Should -Match 'PatronId\s+UserId\s+Name\s+CategoryId\s+CardNumber\s+ExpiryDate'
        Get-Completion 'Get-KohaPatron jdoe | Where-Object Exp' | Should -Be 'ExpiryDate'
    }
}
