BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Test-KohaPatronCsv' {
    BeforeAll {
        $script:csv = "$TestDrive/patrons.csv"
        $script:header = 'surname,userid,branchcode,categorycode,cardnumber'
        Save-Text $csv "$header`nKim,bkim,MAIN,STAFF,57426`nWu,cwu,MAIN,STAFF,57426`n"
        Save-Text "$TestDrive/good.csv" "$header`nKim,bkim,MAIN,STAFF,57426`n"
        Copy-Item $csv "$TestDrive/patrons [new].csv"
    }

    It 'gives an object for each thing that Koha would refuse, and nothing for a good file' {
        $problem = Test-KohaPatronCsv $csv
        $problem.Line, $problem.UserId, $problem.Column, "$($problem.Rule)" | Should -Be 3, 'cwu', 'cardnumber', 'DuplicateCard'
        Test-KohaPatronCsv "$TestDrive/good.csv" | Should -BeNullOrEmpty
    }

    It 'takes files from Get-ChildItem, paths as texts, wildcards and literal paths' {
        (Get-ChildItem $TestDrive -Filter patrons.csv | Test-KohaPatronCsv).Line | Should -Be 3
        ($csv | Test-KohaPatronCsv).Line | Should -Be 3
        (Test-KohaPatronCsv "$TestDrive/*.csv").Line | Should -Be 3, 3
        (Test-KohaPatronCsv -LiteralPath "$TestDrive/patrons [new].csv").Line | Should -Be 3
    }

    It 'takes rows without a file, also from Import-Csv' {
        (Import-Csv $csv | Test-KohaPatronCsv).UserId | Should -Be 'cwu'
        Save-Export "$TestDrive/student_data.json" @((Get-StudentRecord 'anunez' '1'), (Get-StudentRecord 'anunez' '2'))
        $rows = Get-WorkdayPatron $TestDrive | ConvertTo-KohaPatronCsv -End 2099-12-18 -WarningAction SilentlyContinue 6>$null
        ($rows | Test-KohaPatronCsv | Where-Object Rule -eq DuplicateUserId).UserId | Should -Be 'anunez'
    }

    It 'answers a script with $true or $false and nothing else' {
        Test-KohaPatronCsv "$TestDrive/good.csv" -Quiet | Should -BeTrue
        Test-KohaPatronCsv $csv -Quiet | Should -BeFalse
    }

    It 'names a path that leads nowhere, which is not a good file' {
        Assert-OneError { Test-KohaPatronCsv nowhere.csv } PathNotFound ObjectNotFound nowhere.csv
        Test-KohaPatronCsv nowhere.csv -Quiet -ErrorAction SilentlyContinue | Should -BeFalse
        Assert-OneError { Test-KohaPatronCsv $csv -CardNumberLength seven } CardNumberLengthInvalid InvalidArgument seven
    }

    It 'groups and shows what it found, and lets Tab complete it' {
        (Test-KohaPatronCsv "$TestDrive/pa*.csv" | Group-Object Rule).Count | Should -Be 2
        Get-View (Test-KohaPatronCsv $csv) | Should -Match 'Line\s+UserId\s+Column\s+Severity\s+Message'
        Get-Completion 'Test-KohaPatronCsv | Where-Object Sev' | Should -Be 'Severity'
        Get-Completion 'Test-KohaPatronCsv | Where-Object Severity -eq E' | Should -Be 'Error'
    }

    Context 'with a connection' {
        BeforeAll {
            $script:koha = Open-Fake koha
            Connect-Koha $koha.Address (Get-KohaKey) -Name test
        }

        AfterAll {
            Disconnect-Koha
            Close-Fake $koha
        }

        It 'knows the libraries and the cards of that Koha' {
            Save-Text "$TestDrive/koha.csv" "$header`nKim,bkim,OAK,STAFF,57426`nWu,cwu,MAIN,STAFF,1000001`n"
            (Test-KohaPatronCsv "$TestDrive/koha.csv" -Connection test -WarningAction SilentlyContinue).Rule | ForEach-Object ToString | Sort-Object | Should -Be 'CardTaken', 'UnknownLibrary'
            Get-Completion 'Test-KohaPatronCsv -Connection t' | Should -Be 'test'
        }
    }
}
