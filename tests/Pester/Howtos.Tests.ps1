BeforeDiscovery {
    . $PSScriptRoot/Common.ps1

    # The PowerShell blocks of a page, in their order; those that need Windows or somebody's own bucket say so before.
    $script:howtos = Get-ChildItem "$Repository/docs/howto-*.md" | ForEach-Object {
        $blocks = [regex]::Matches([IO.File]::ReadAllText($_.FullName), '(?ms)^(<!-- not run: [^\n]*-->\r?\n)? *```powershell\r?\n(.*?)^ *```')
        @{ Name = $_.BaseName; Code = ($blocks | Where-Object { -not $_.Groups[1].Success } | ForEach-Object { $_.Groups[2].Value }) -join "`n" }
    }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $script:storage = Open-Fake "storage --folder `"$Examples`""
    $script:before = $env:STORAGE_EMULATOR_HOST
    $env:STORAGE_EMULATOR_HOST = $storage.Address
    $script:settings = $env:KOHA_PATRON_SETTINGS
    $script:session = Open-Session
}

AfterAll {
    $session.Dispose()
    $env:KOHA_PATRON_SETTINGS = $settings
    $env:STORAGE_EMULATOR_HOST = $before
    Close-Fake $storage
}

Describe 'The page <Name>' -ForEach $howtos {
    BeforeAll {
        $env:KOHA_PATRON_SETTINGS = $settings
        $script:koha = Open-Fake koha
    }

    AfterAll {
        Close-Fake $koha
    }

    It 'can be followed step by step' {
        $code = $Code -replace 'https://library\.example\.edu/api/v1(?= -Credential)', "$($koha.Address) -Name library.example.edu" -replace 'gs://your-bucket/', 'gs://exports/'
        $code | Should -Not -BeNullOrEmpty
        # What its steps go by: a load was made, and a night's cards were updated.
        Invoke-Session $session @"
Set-Location -LiteralPath '$(New-ExamplesFolder)'
`$key = Get-KohaKey
Connect-Koha '$($koha.Address)' `$key
Get-WorkdayPatron ./examples | ConvertTo-KohaPatronCsv -End 2026-12-18 -ProxReport ./examples/prox.csv | Export-KohaPatronCsv ./out/patrons.csv
Get-WorkdayPatron ./examples | Update-KohaProxNumber ./examples/prox.csv -JournalPath ./out/cards.jsonl -Confirm:`$false | Out-Null
Disconnect-Koha
$code
"@ | Should -BeNullOrEmpty
    }
}
