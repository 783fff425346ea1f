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
    $script:before = $env:STORAGE_EMULATOR_HOST
    $env:STORAGE_EMULATOR_HOST = $storage.Address
}

AfterAll {
    $env:STORAGE_EMULATOR_HOST = $before
    Close-Fake $storage
}

Describe 'The help of <Cmdlet>' -ForEach $pages {
    BeforeAll {
        $script:koha = Open-Fake koha
    }

    AfterAll {
        Close-Fake $koha
    }

    It 'has at least two examples' {
        $Example.Count | Should -BeGreaterOrEqual 2
    }

    It 'has an example that runs: <Title>' -ForEach $Example {
        $folder = "$TestDrive/$([guid]::NewGuid())"
        New-Item "$folder/out" -ItemType Directory | Out-Null
        Copy-Item $Examples $folder -Recurse
        $code = $Code -replace 'https://library\.example\.edu/api/v1', $koha.Address -replace 'gs://[\w.-]+/', 'gs://exports/'
        $code | Should -Match "\b$Cmdlet\b" -Because 'an example shows its cmdlet'

        # A session of its own: nobody answers questions there, and what an example prints is not shown.
        $shell = [powershell]::Create()
        try {
            $shell.AddScript(". '$PSScriptRoot/Common.ps1'; Set-Location -LiteralPath '$folder'; `$key = Get-KohaKey; Connect-Koha '$($koha.Address)' `$key -Name library.example.edu`n$code") | Out-Null
            $shell.Invoke() | Out-Null
            "$($shell.Streams.Error)" | Should -BeNullOrEmpty
        }
        finally {
            $shell.Dispose()
        }
    }
}
