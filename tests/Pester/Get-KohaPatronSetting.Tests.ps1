BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Get-KohaPatronSetting' {
    BeforeAll {
        $script:settings = "$TestDrive/koha-patron.json"
        Save-Text $settings "{`n  `"library`": `"OAK`",`n  `"majors`": { `"Comics MFA`": `"40`" }`n}"
    }

    It 'shows each setting with the place that it comes from' {
        $library = Get-KohaPatronSetting library -SettingsPath $settings
        $library.Value, $library.Source | Should -Be 'OAK', 'koha-patron.json, line 2'
        (Get-KohaPatronSetting profile -Profile 2026).Source | Should -Be '-Profile'
        Get-KohaPatronSetting | Where-Object Source -like 'built-in profile 2023*' | Should -Not -BeNullOrEmpty
    }

    It 'takes wildcards and several names, and unfolds a table' {
        (Get-KohaPatronSetting 'majors.Comics*' -SettingsPath $settings).Value | Should -Contain '40'
        (Get-KohaPatronSetting library, profile -SettingsPath $settings).Name | Should -Be 'library', 'profile'
        (Get-KohaPatronSetting majors -SettingsPath $settings).Name | Should -Contain 'majors.Comics MFA'
    }

    It 'finds the settings by the environment variable when no file is named' {
        $before = $env:KOHA_PATRON_SETTINGS
        try {
            $env:KOHA_PATRON_SETTINGS = $settings
            (Get-KohaPatronSetting library).Value | Should -Be 'OAK'
            # A relative path begins where the session is, not where the process was started.
            Push-Location -LiteralPath $TestDrive
            $env:KOHA_PATRON_SETTINGS = './koha-patron.json'
            (Get-KohaPatronSetting library).Value | Should -Be 'OAK'
        }
        finally {
            Pop-Location
            $env:KOHA_PATRON_SETTINGS = $before
        }
    }

    It 'takes relative paths from the session, those within the file from its folder, and names the full path it tried' {
        New-Item "$TestDrive/in", "$TestDrive/elsewhere" -ItemType Directory | Out-Null
        Save-Export "$TestDrive/in/student_data.json" (Get-StudentRecord a 1)
        Save-Text "$TestDrive/in/koha-patron.json" '{"source":"./","proxReport":"prox.csv"}'
        Save-Text "$TestDrive/in/prox.csv" "`"Universal ID`",`"Prox ID`"`n1,000057426`n"
        $said = Invoke-Console @'
$env:KOHA_PATRON_SETTINGS = 'in/koha-patron.json'
(Get-WorkdayPatron -Type Student | ConvertTo-KohaPatronCsv -End 2099-12-12 6>$null).cardnumber
Set-Location elsewhere
try { Get-WorkdayPatron } catch { "$_" }
$env:KOHA_PATRON_SETTINGS = '../in/koha-patron.json'
try { Get-WorkdayPatron none -ErrorAction Stop } catch { "$_" }
'@
        $said[0] | Should -Be '57426'
        $said[1] | Should -BeLike "The settings file *elsewhere?in?koha-patron.json does not exist*"
        $said[2] | Should -BeLike "*elsewhere?none does not exist*"
    }

    It 'says once when no settings file is found, and what is used instead' {
        Save-Export "$TestDrive/student_data.json" (Get-StudentRecord a 1)
        $said = Invoke-Console @'
$env:KOHA_PATRON_SETTINGS = ''
$env:XDG_CONFIG_HOME = $PWD.Path
Get-WorkdayPatron -Type Student | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxNumber @() 6>$null | Test-KohaPatronCsv
Get-WorkdayPatron -Type Student | Test-KohaMajorMapping
'@
        @($said -match 'settings file').Count | Should -Be 1
        $said -join ' ' | Should -BeLike '*No settings file was found: the built-in profile 2023 is used (library SF). See Get-KohaPatronSetting.*'
    }

    It 'names a mistake with its line and the nearest known key' {
        Save-Text "$TestDrive/wrong.json" "{`n`"libary`": `"SF`"}"
        Assert-OneError { Get-KohaPatronSetting -SettingsPath "$TestDrive/wrong.json" } SettingsUnknownKey InvalidData libary '*wrong.json, line 2: unknown key "libary". Did you mean "library"?*'
        Assert-OneError { Get-KohaPatronSetting libary } SettingNotFound ObjectNotFound libary
        Assert-OneError { Get-KohaPatronSetting -SettingsPath "$TestDrive/none.json" } SettingsNotFound ObjectNotFound none.json
    }

    It 'shows a table, and lets Tab complete the names' {
        Get-View (Get-KohaPatronSetting -SettingsPath $settings) | Should -Match 'Name\s+Value\s+Source'
        Get-Completion 'Get-KohaPatronSetting facultyE' | Should -Be 'facultyExpiry'
    }
}
