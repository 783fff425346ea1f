BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'New-KohaPatronSetting' {
    BeforeAll {
        $script:folder = New-ExamplesFolder
        $script:said = Invoke-Console "New-KohaPatronSetting examples/riverside/Registrar_*.csv, examples/riverside/Staff.csv out/first.json -ProxReport examples/riverside/cards.csv" $folder
        $script:text = [IO.File]::ReadAllText("$folder/out/first.json")
    }

    It 'says how much of each report it recognised' {
        $said -join '' | Should -BeLike '*Written first.json: 10 of 10 fields of Registrar_Students.csv recognised ("Login" is userName,*'
        $said -join '' | Should -BeLike '*Written first.json: 10 of 15 fields of Staff.csv recognised ("Account" is userName,*'
    }

    It 'names columns and terms, and nobody' {
        $text | Should -Match '"programs": \["Major 1", "Major 2"\]'
        $text | Should -Match '// "Textile Futures": "",'
        foreach ($person in Import-Csv "$folder/examples/riverside/Registrar_Students.csv" -Delimiter ';') {
            foreach ($value in $person.Login, $person.'ID Nr', $person.Mail) {
                $text.Contains($value) | Should -BeFalse
            }
        }
    }

    It 'writes settings that are valid as they are, with paths that hold from any folder' {
        (Get-KohaPatronSetting proxReport -SettingsPath "$folder/out/first.json").Value | Should -BeLike '*examples/riverside/cards.csv'
        @(Get-WorkdayPatron -SettingsPath "$folder/out/first.json").Count | Should -Be 34
    }

    It 'never writes over a file without -Force' {
        Assert-OneError { New-KohaPatronSetting "$folder/examples/riverside/Staff.csv" "$folder/out/first.json" } SettingsExist ResourceExists first.json '*Nothing was written*'
        [IO.File]::ReadAllText("$folder/out/first.json") | Should -BeExactly $text
    }

    It 'names the codes of the Koha that is connected' {
        $koha = Open-Fake koha
        try {
            Connect-Koha $koha.Address (Get-KohaKey) -Name first
            New-KohaPatronSetting "$folder/examples/riverside/Staff.csv" "$folder/out/koha.json" -Connection first 6>$null
            [IO.File]::ReadAllText("$folder/out/koha.json") | Should -Match "The library's code in Koha\. Koha has .*MAIN"
        }
        finally {
            Disconnect-Koha
            Close-Fake $koha
        }
    }

    It 'leaves the other columns to scripts and to Tab' {
        $before = $env:KOHA_PATRON_SETTINGS
        try {
            $env:KOHA_PATRON_SETTINGS = "$folder/examples/riverside/koha-patron.json"
            Get-Completion 'Get-WorkdayPatron -Type Student | Where-Object Campus -eq H' | Should -Be 'Harbour', 'Hill'
        }
        finally {
            $env:KOHA_PATRON_SETTINGS = $before
        }
    }
}
