BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'The scripts of the load' {
    BeforeAll {
        Push-Location -LiteralPath $TestDrive
    }

    AfterAll {
        Pop-Location
    }

    It 'makes the import file from any folder, and shows counts that add up' {
        $printed = Invoke-Shell -Command "Import-Module '$ModuleManifest'; & '$Examples/semester-load.ps1' -OutFile load/patrons.csv -End 2099-12-12"
        $LASTEXITCODE | Should -Be 0
        $printed | Should -Contain 'Koha rows        538   (36 left out: 9 no e-mail, 2 on the exceptions list, 21 inactive, 4 contingent)'
        $printed | Should -Contain "Written          $(Join-Path $TestDrive load/patrons.csv | Resolve-Path)"
        $printed -like 'branchcode,cardnumber,*' | Should -HaveCount 1
        @(Get-Content load/patrons.csv).Count | Should -Be 539
    }

    It 'tells in the check what is planted in the examples' {
        $printed = & "$Examples/semester-check.ps1" -ImportFile load/patrons.csv
        $printed -join "`n" | Should -BeLike '*"Comics MFA (Low-Residency)": "40", // guess: "Comics"*'
        $printed -join "`n" | Should -BeLike '*line 202 (xnguyen203), cardnumber: The same as in line 201 (wnguyen202): Koha refuses this row.*'
        [IO.File]::ReadAllText("$TestDrive/load/report.html") | Should -BeLike '*<h1>Before the load</h1>*'
    }
}

Describe 'nightly-cards.ps1' {
    BeforeAll {
        $script:koha = Open-Fake koha
        $script:key = "$TestDrive/key.xml"
        $script:day = Get-Date -Format yyyy-MM-dd
        & "$Examples/save-key.ps1" $key -Credential (Get-KohaKey)

        # Gives the exit code. "exit" ends only the script.
        function Invoke-Nightly([string] $ApiRoot = $koha.Address) {
            & "$Examples/nightly-cards.ps1" -ApiRoot $ApiRoot -KeyPath $key -Folder kept -Source . -ProxReport prox.csv
            $LASTEXITCODE
        }
    }

    BeforeEach {
        $script:night = New-Item "$TestDrive/$([guid]::NewGuid())" -ItemType Directory
        Push-Location -LiteralPath $night.FullName
        Save-Text "$night/prox.csv" "Universal ID,Prox ID`n0001815,000061100`n0077,000061101`n"
        Save-Export "$night/student_data.json" (Get-StudentRecord 'alovelace@example.edu' '1815'), (Get-StudentRecord 'nobody' '77')
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        Disconnect-Koha
        Close-Fake $koha
    }

    It 'ends with 0 when all is done, and leaves a journal, the missing people, a log and a report' {
        Invoke-Nightly | Should -Be 0
        "cards-$day.html", "cards-$day.jsonl", 'cards.log', "missing-$day.json" | ForEach-Object { "kept/$_" | Should -Exist }
        $log = Get-Content kept/cards.log
        $log[0] | Should -BeLike '*exit code 0'
        $log[1] | Should -BeLike 'Card numbers  2 people: 1 *, 1 missing*'
        Connect-Koha $koha.Address (Get-KohaKey)
        (Get-KohaPatron -PatronId 5).CardNumber | Should -Be '61100'
    }

    It 'does whole records too with -SemesterEnd, in a journal of their own that takes them back' {
        Save-Text "$night/settings.json" '{"replaceTables": true, "library": "MAIN", "attributes": {"universalId": "UID", "studentId": "STUID", "major": "PROGRAM", "department": "DEPT"}, "categories": {"Undergraduate": "STUDENT"}, "majors": {"Animation": "ANIMA"}}'
        Save-Text "$night/prox.csv" "Universal ID,Prox ID`nU1001,57426`nnew,77`n"
        Save-Export "$night/student_data.json" (Get-StudentRecord 'alovelace@example.edu' 'U1001' @{ student_id = 'S1001' }), (Get-StudentRecord 'newcomer' 'new')
        & "$Examples/nightly-cards.ps1" -ApiRoot $koha.Address -KeyPath $key -Folder kept -Source . -ProxReport prox.csv -SettingsPath settings.json -SemesterEnd 2027-12-17
        $LASTEXITCODE | Should -Be 0 -Because (Get-Content kept/cards.log -Raw)
        (Get-Content kept/cards.log) -like '1 patron made, 1 changed*' | Should -HaveCount 1
        Connect-Koha $koha.Address (Get-KohaKey)
        $ada = Get-KohaPatron -PatronId 5
        $ada.CardNumber, $ada.ExpiryDate | Should -Be '57426', '2027-12-17'
        (Get-KohaPatron newcomer).CardNumber | Should -Be '77'
        ((Undo-KohaPatron "kept/records-$day.jsonl" -SettingsPath settings.json 6>$null).Status | Sort-Object) -join ' ' | Should -Be 'Updated Deleted'
        (Get-KohaPatron -PatronId 5).ExpiryDate | Should -Be '2027-05-31'
    }

    It 'ends with 1 when a person cannot be read, and does the others' {
        Save-Text "$night/student_data.json" ([IO.File]::ReadAllText("$night/student_data.json") -replace '\]\s*\}\s*$', ',7]}')
        $code = Invoke-Nightly 2>$null
        $code | Should -Be 1 -Because (Get-Content kept/cards.log -Raw)
        $log = Get-Content kept/cards.log
        $log -like 'ERROR: student_data.json, record 3*' | Should -HaveCount 1
        $log -like 'Card numbers  2 people:*' | Should -HaveCount 1
    }

    It 'ends with 2 when Koha refuses the key, and says so where the task or cron keeps it' {
        & "$Examples/save-key.ps1" wrong.xml -Credential (Get-KohaKey editor wrong)
        $said = Invoke-Shell -Command "Import-Module '$ModuleManifest'; & '$Examples/nightly-cards.ps1' -ApiRoot $($koha.Address) -KeyPath wrong.xml -Folder kept -Source . -ProxReport prox.csv; exit `$LASTEXITCODE"
        $LASTEXITCODE | Should -Be 2
        "$said" | Should -BeLike "*key's id and secret*"
        (Get-Content kept/cards.log)[0] | Should -BeLike '*exit code 2'
    }

    It 'ends with 2 when there is no report, with the error once in the log and nothing of the program' {
        Remove-Item prox.csv
        Invoke-Nightly | Should -Be 2
        $log = @(Get-Content kept/cards.log)
        $log.Count | Should -Be 2
        $log[1] | Should -BeLike 'ERROR: The prox report*'
    }

    It 'ends with 2 when the report is spoiled, before anything is asked of Koha' {
        Save-Text "$night/prox.csv" "Universal ID,Prox ID`n1.815E+03,6.11E+04`n7.7E+01,6.1101E+04`n"
        Invoke-Nightly 2>$null | Should -Be 2
        $log = @(Get-Content kept/cards.log)
        $log[1] | Should -BeLike 'ERROR: prox.csv: 2 of 2 rows have numbers like 1.0000E+06: Excel has rewritten them.*'
        "kept/cards-$day.jsonl" | Should -Not -Exist
    }

    It 'ends with 2 when there is nobody to read, or no key' {
        Remove-Item student_data.json
        Invoke-Nightly 2>$null | Should -Be 2
        $script:key = "$TestDrive/none.xml"
        Invoke-Nightly | Should -Be 2
        (Get-Content kept/cards.log)[-1] | Should -BeLike '*Run save-key.ps1 as this account.'
    }
}

Describe 'save-key.ps1' {
    It 'keeps the key for its owner alone, also over an older file' {
        Save-Text "$TestDrive/key.xml" 'old'
        & "$Examples/save-key.ps1" "$TestDrive/key.xml" -Credential (Get-KohaKey)
        $key = Import-Clixml "$TestDrive/key.xml"
        $key.UserName, $key.GetNetworkCredential().Password | Should -Be 'client-editor', 'secret-editor'
        if ($IsLinux -or $IsMacOS) {
            (Get-Item "$TestDrive/key.xml").UnixMode | Should -Be '-rw-------'
        }
    }

    It 'keeps nothing with -WhatIf, and no key without a secret' {
        & "$Examples/save-key.ps1" "$TestDrive/new/key.xml" -Credential (Get-KohaKey) -WhatIf 6>$null
        { & "$Examples/save-key.ps1" "$TestDrive/new/key.xml" -Credential ([pscredential]::new('client', [securestring]::new())) } | Should -Throw '*Nothing was kept.'
        "$TestDrive/new" | Should -Not -Exist
    }
}
