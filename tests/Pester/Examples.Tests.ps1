BeforeDiscovery {
    . $PSScriptRoot/Common.ps1

    # The code of each "### Example" in a page of help.
    function Get-Example([string] $Page) {
        if (-not (Test-Path $Page)) {
            return
        }

        $sections = [IO.File]::ReadAllText($Page) -split '(?m)^(?=##)' | Where-Object { $_ -match '^### Example' }
        foreach ($section in $sections) {
            @{
                Title = (($section -split '\r?\n')[0]).TrimStart('#', ' ')
                Code  = [regex]::Matches($section, '(?ms)^```(powershell)?\r?\n(.*?)^```').ForEach({ $_.Groups[2].Value }) -join "`n"
            }
        }
    }

    # From the manifest, not from the pages: a cmdlet without a page fails.
    $script:pages = (Get-Manifest).CmdletsToExport | ForEach-Object {
        @{ Cmdlet = $_; Example = @(Get-Example "$Repository/docs/cmdlets/$_.md") }
    }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $script:storage = Open-Fake "storage --folder `"$Examples`""
    $script:koha = Open-Fake koha
    $script:before = $env:STORAGE_EMULATOR_HOST
    $env:STORAGE_EMULATOR_HOST = $storage.Address
    $script:session = Open-Session
}

AfterAll {
    $session.Dispose()
    $env:STORAGE_EMULATOR_HOST = $before
    Close-Fake $koha
    Close-Fake $storage
}

Describe 'The help of <Cmdlet>' -ForEach $pages {
    It 'has at least two examples' {
        $Example.Count | Should -BeGreaterOrEqual 2
    }

    It 'has an example that runs: <Title>' -ForEach $Example {
        $Code | Should -Match "\b$Cmdlet\b" -Because 'an example shows its cmdlet'
        $folder = New-ExamplesFolder
        $code = $Code -replace 'https://library\.example\.edu/api/v1', $koha.Address -replace 'gs://[\w.-]+/', 'gs://exports/'
        Invoke-Session $session "Set-Location -LiteralPath '$folder'; `$key = Get-KohaKey; Connect-Koha '$($koha.Address)' `$key -Name library.example.edu`n$code" | Should -BeNullOrEmpty
    }
}
