BeforeAll {
    . $PSScriptRoot/Common.ps1
    $script:readme = [IO.File]::ReadAllText("$Repository/README.md") -replace "`r"
}

Describe 'README' {
    # Windows PowerShell lays tables out with other spaces.
    It 'shows the session as docs/session.ps1 plays it, from any folder' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        Push-Location -LiteralPath $TestDrive
        try {
            $played = (& "$Repository/docs/session.ps1" | ForEach-Object { $_.TrimEnd() }) -join "`n"
        }
        finally {
            Pop-Location
        }
        $shown = [regex]::Match($readme, '(?s)<!-- docs/session\.ps1 -->\n```text\n(.*?)\n```').Groups[1].Value
        $shown | Should -BeExactly $played.TrimEnd()
    }

    It 'counts as the first command does' {
        $printed = & "$Examples/semester-load.ps1" -OutFile "$TestDrive/patrons.csv" -End 2099-12-12
        $shown = [regex]::Matches($readme, '(?m)^(Workday export|Koha rows|Cards|To look at) .*$').Value
        $shown.Count | Should -Be 6
        $shown | ForEach-Object { $printed | Should -Contain $_ }
    }
}
