BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Records.ps1
}

Describe 'Undo-KohaPatron' {
    BeforeEach {
        $script:koha = Open-Fake koha
        Connect-Koha $koha.Address (Get-KohaKey)
        $script:journal = "$TestDrive/$([guid]::NewGuid()).jsonl"
    }

    AfterEach {
        Disconnect-Koha
        Close-Fake $koha
    }

    It 'leaves alone who was changed since, and does not delete whom somebody has worked with' {
        Get-Row | Update-KohaPatron @settings -JournalPath $journal 6>$null | Out-Null
        Save-Text "$TestDrive/later.csv" "Universal ID,Prox ID`nU1002,99`nnew,98`n"
        Get-WorkdayPatron $TestDrive | Update-KohaProxNumber "$TestDrive/later.csv" @settings -JournalPath "$TestDrive/$([guid]::NewGuid()).jsonl" 6>$null | Out-Null
        $undone = Undo-KohaPatron $journal @settings 6>$null
        ($undone | Where-Object Status -EQ Conflict).UserId | Sort-Object | Should -Be 'anunez@example.edu', 'newcomer'
        (Get-KohaPatron newcomer).CardNumber | Should -Be '98'
    }
}
