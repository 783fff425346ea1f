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

    It 'tells under -WhatIf what is more than -MaximumChange allows, and does not do it' {
        Get-Row | Update-KohaPatron @settings -Field dateexpiry -MaximumChange 1 -JournalPath $journal 6>$null | Out-Null
        $before = Get-KohaState $koha
        Undo-KohaPatron $journal @settings -MaximumChange 1 -WhatIf -WarningVariable said 3>$null
        "$said" | Should -BeLike '2 of 3 patrons would change*-MaximumChange 2.'
        Assert-OneError { Undo-KohaPatron $journal @settings -MaximumChange 1 } TooManyChanges LimitsExceeded 2
        Get-KohaState $koha | Should -Be $before
        (Undo-KohaPatron $journal @settings -MaximumChange 2 6>$null).Status | Sort-Object -Unique | Should -Be 'Updated', 'Deleted'
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
