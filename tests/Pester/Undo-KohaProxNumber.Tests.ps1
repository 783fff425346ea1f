BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Undo-KohaProxNumber' {
    BeforeAll {
        Save-Text "$TestDrive/settings.json" '{"attributes": {"universalId": "UID"}}'
        Save-Text "$TestDrive/prox.csv" "Universal ID,Prox ID`nU1001,57426`nU1004,57427`n"
        Save-Export "$TestDrive/student_data.json" @((Get-StudentRecord 'alovelace@example.edu' 'U1001'), (Get-StudentRecord 'ghopper@example.edu' 'U1004'))
    }

    BeforeEach {
        $script:koha = Open-Fake koha
        Connect-Koha $koha.Address (Get-KohaKey)
        $script:journal = "$TestDrive/$([guid]::NewGuid()).jsonl"
        Get-WorkdayPatron $TestDrive | Update-KohaProxNumber "$TestDrive/prox.csv" -SettingsPath "$TestDrive/settings.json" -JournalPath $journal 6>$null | Out-Null
    }

    AfterEach {
        Disconnect-Koha
        Close-Fake $koha
    }

    It 'gives the old card numbers back, with a result for each patron and the totals on the information stream' {
        $results = Undo-KohaProxNumber -JournalPath $journal -InformationVariable totals 6>$null
        $results.Status | Should -Be 'Updated', 'Updated'
        (Get-KohaPatron -PatronId 5, 8).CardNumber | Should -Be '1000001', '1000004'
        "$totals" | Should -BeLike 'Card numbers  2 people: 2 updated*'
        Get-View $results | Should -Match 'Status\s+UserId\s+PatronId\s+Message'
    }

    It 'leaves alone whose card changed since' {
        Save-Text "$TestDrive/later.csv" "Universal ID,Prox ID`nU1001,99`n"
        Get-WorkdayPatron $TestDrive | Update-KohaProxNumber "$TestDrive/later.csv" -SettingsPath "$TestDrive/settings.json" -JournalPath "$TestDrive/later.jsonl" 6>$null | Out-Null
        $results = Undo-KohaProxNumber -JournalPath $journal 6>$null
        ($results | Where-Object Status -eq Conflict).UserId | Should -Be 'alovelace@example.edu'
        (Get-KohaPatron -PatronId 5, 8).CardNumber | Should -Be '99', '1000004'
    }

    It 'has nothing left to do the second time' {
        Undo-KohaProxNumber -Journal $journal 6>$null | Out-Null
        Undo-KohaProxNumber -Journal $journal 6>$null | Should -BeNullOrEmpty
    }

    It 'gives back card numbers alone, where the journal tells of whole records too' {
        $row = [pscustomobject]@{ userid = 'alovelace@example.edu'; surname = 'Lovelace'; branchcode = 'MAIN'; categorycode = 'STUDENT'; cardnumber = '57428'; dateexpiry = '2039-12-17' }
        Save-Text "$TestDrive/records.json" '{"attributes": {"universalId": "UID"}, "categories": {"Undergraduate": "STUDENT"}}'
        $row | Update-KohaPatron -SettingsPath "$TestDrive/records.json" -JournalPath $journal 6>$null | ForEach-Object Status | Should -Be 'Updated'
        (Undo-KohaProxNumber -JournalPath $journal 6>$null).Status | Should -Be 'Updated', 'Updated'
        $ada = Get-KohaPatron 'alovelace@example.edu'
        $ada.CardNumber | Should -Be '1000001'
        $ada.ExpiryDate | Should -Be '2039-12-17'
    }

    It 'tells a journal that is not there from one that is none' {
        Assert-OneError { Undo-KohaProxNumber -JournalPath "$TestDrive/none.jsonl" } JournalMissing ObjectNotFound none.jsonl
        Assert-OneError { Undo-KohaProxNumber -JournalPath "$TestDrive/prox.csv" } JournalBroken InvalidData prox.csv
    }
}
