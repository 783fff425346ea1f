BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Update-KohaProxNumber' {
    BeforeAll {
        Save-Text "$TestDrive/settings.json" '{"attributes": {"universalId": "UID"}}'
        Save-Text "$TestDrive/prox.csv" "Universal ID,Prox ID`nU1001,1000004`nU1004,1000001`nU1002,57426`nnew,77`n"
        Save-Export "$TestDrive/student_data.json" @(
            Get-StudentRecord 'alovelace@example.edu' 'U1001'
            Get-StudentRecord 'ghopper@example.edu' 'U1004'
            Get-StudentRecord 'anunez@example.edu' 'U1002'
            Get-StudentRecord 'nobody' 'new'
        )
        $script:report = @{ ProxReport = "$TestDrive/prox.csv"; SettingsPath = "$TestDrive/settings.json" }

        function Get-Card {
            (Get-KohaPatron -PatronId 5, 8, 6).CardNumber
        }
    }

    BeforeEach {
        $script:koha = Open-Fake koha
        Connect-Koha $koha.Address (Get-KohaKey)
        $script:journal = @{ JournalPath = "$TestDrive/$([guid]::NewGuid()).jsonl" }
    }

    AfterEach {
        Disconnect-Koha
        Close-Fake $koha
    }

    It 'changes the cards of people, keeps the missing ones, and tells the totals on the information stream' {
        $results = Get-WorkdayPatron $TestDrive | Update-KohaProxNumber @report @journal -MissingPath "$TestDrive/missing.json" -InformationVariable totals 6>$null
        $results | ForEach-Object { $_ | Should -BeOfType ProxUpdateResult }
        ($results | Group-Object Status | Sort-Object Name).Name | Should -Be 'Missing', 'Updated'
        Get-Card | Should -Be '1000004', '1000001', '57426'
        (Get-WorkdayPatron "$TestDrive/missing.json").UserName | Should -Be 'nobody'
        "$totals" | Should -BeLike 'Card numbers  4 people: 3 updated, 1 missing*'
    }

    It 'carries out a plan from the pipeline, or a part of it' {
        $plan = Get-WorkdayPatron $TestDrive | Compare-KohaProxNumber @report
        ($plan | Where-Object Status -eq Missing | Update-KohaProxNumber @journal 6>$null).Status | Should -Be 'Missing'
        ($plan | Where-Object Status -eq Change | Update-KohaProxNumber @journal 6>$null).Status | Should -Be 'Updated', 'Updated', 'Updated'
        Get-Card | Should -Be '1000004', '1000001', '57426'
    }

    It 'carries out a plan that was kept as <Kind>' -ForEach @(
        @{ Kind = 'XML'; Keep = { param($plan, $path) $plan | Export-Clixml $path }; Read = { param($path) Import-Clixml $path } }
        @{ Kind = 'JSON'; Keep = { param($plan, $path) ConvertTo-Json $plan | Set-Content $path }; Read = { param($path) Get-Content $path -Raw | ConvertFrom-Json } }
        @{ Kind = 'CSV'; Keep = { param($plan, $path) $plan | Export-Csv $path -NoTypeInformation }; Read = { param($path) Import-Csv $path } }
    ) {
        & $Keep (Get-WorkdayPatron $TestDrive | Compare-KohaProxNumber @report) "$TestDrive/plan"
        $plan = & $Read "$TestDrive/plan"
        (@($plan) | Update-KohaProxNumber @journal 6>$null).Status | Sort-Object | Should -Be 'Updated', 'Updated', 'Updated', 'Missing'
        Get-Card | Should -Be '1000004', '1000001', '57426'
        (Get-KohaPatron -PatronId 5).Surname | Should -Be 'Lovelace'
    }

    It 'has nothing left to do the second time' {
        Get-WorkdayPatron $TestDrive | Update-KohaProxNumber @report @journal 6>$null | Out-Null
        (Get-WorkdayPatron $TestDrive | Update-KohaProxNumber @report @journal 6>$null | Where-Object Status -ne Missing).Status | Should -Be 'Unchanged', 'Unchanged', 'Unchanged'
    }

    It 'writes nothing when more would change than is allowed' {
        Assert-OneError { Get-WorkdayPatron $TestDrive | Update-KohaProxNumber @report @journal -MaximumChange 1 } TooManyChanges LimitsExceeded 3 '*Nothing was written.*-MaximumChange 3.'
        Get-Card | Should -Be '1000001', '1000004', $null
    }

    It 'asks nobody by itself, and says so when an object is no line of a plan' {
        (Invoke-Console "Connect-Koha '$($koha.Address)' (Get-KohaKey); Get-WorkdayPatron . -WarningAction Ignore | Update-KohaProxNumber prox.csv -SettingsPath settings.json -JournalPath console.jsonl 6>`$null | ForEach-Object Status") -join ' ' | Should -Be 'Updated Updated Updated Missing'
        Assert-OneError { 5 | Update-KohaProxNumber @journal } ProxChangeInvalid InvalidArgument $null
        foreach ($status in '99', 'Change, Missing', @('Change', 'Missing')) {
            Assert-OneError { [pscustomobject]@{ Status = $status; CardThen = '5' } | Update-KohaProxNumber @journal } PlanInvalid InvalidData $null '*the status is none that a plan has*'
        }
        Assert-OneError { [pscustomobject]@{ Status = 'Missing'; CardThen = '5'; UserId = @('a', 'b') } | Update-KohaProxNumber @journal } PlanInvalid InvalidData $null '*UserId holds a*where a text should be*'
    }

    It 'shows and counts what would change, without a card number, with -WhatIf' {
        $said = (Invoke-Console "Connect-Koha '$($koha.Address)' (Get-KohaKey); Get-WorkdayPatron . -WarningAction Ignore | Update-KohaProxNumber prox.csv -SettingsPath settings.json -JournalPath whatif.jsonl -WhatIf -Verbose 4>&1") -join "`n"
        $said | Should -Match 'What if:.*anunez'
        $said | Should -Match 'Card numbers  4 people: 3 would change, 1 missing'
        $said | Should -Not -Match '57426|100000[14]'
        "$TestDrive/whatif.jsonl" | Should -Not -Exist
    }

    It 'shows a table, and lets Tab complete its statuses' {
        Get-View (Get-WorkdayPatron $TestDrive | Update-KohaProxNumber @report @journal 6>$null) | Should -Match 'Status\s+UserId\s+PatronId\s+Message'
        Get-Completion 'Get-WorkdayPatron | Update-KohaProxNumber | Where-Object Status -eq Upd' | Should -Be 'Updated'
    }
}
