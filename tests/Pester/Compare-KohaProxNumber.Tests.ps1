BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Compare-KohaProxNumber' {
    BeforeAll {
        $script:koha = Open-Fake koha
        Connect-Koha $koha.Address (Get-KohaKey)
        Save-Text "$TestDrive/settings.json" '{"attributes": {"universalId": "UID"}}'
        Save-Text "$TestDrive/prox.csv" "Universal ID,Prox ID`nU1001,1000001`nU1004,57426`nnew,77`nU1007,1000012`n"
        Save-Export "$TestDrive/student_data.json" @(
            Get-StudentRecord 'alovelace@example.edu' 'U1001'
            Get-StudentRecord 'ghopper@example.edu' 'U1004'
            Get-StudentRecord 'nobody' 'new'
            Get-StudentRecord 'jsmith@example.edu' 'U1007'
        )

        function Get-Plan {
            Get-WorkdayPatron $TestDrive | Compare-KohaProxNumber "$TestDrive/prox.csv" -SettingsPath "$TestDrive/settings.json" @args
        }
    }

    AfterAll {
        Disconnect-Koha
        Close-Fake $koha
    }

    It 'gives a line for each person, with what Koha has and what the report says' {
        $plan = Get-Plan
        $plan.Status | Should -Be 'Unchanged', 'Change', 'Missing', 'Conflict'
        $plan[1].CardNow, $plan[1].CardThen | Should -Be '1000004', '57426'
        $plan[3].Why | Should -BeLike '*patron 16*'
    }

    It 'writes nothing' {
        $before = Get-KohaState $koha
        Get-Plan | Out-Null
        Get-KohaState $koha | Should -BeExactly $before
    }

    It 'is a plan that can be filtered, grouped and sorted' {
        (Get-Plan | Where-Object Status -ne Unchanged).Count | Should -Be 3
        (Get-Plan | Group-Object Status).Count | Should -Be 4
        (Get-Plan | Sort-Object UserId | Select-Object -First 1).UserId | Should -Be 'alovelace@example.edu'
    }

    It 'takes what Import-ProxReport gave instead of the report' {
        $numbers = Import-ProxReport "$TestDrive/prox.csv"
        (Get-WorkdayPatron $TestDrive | Compare-KohaProxNumber -ProxNumber $numbers -SettingsPath "$TestDrive/settings.json").CardThen | Should -Contain '57426'
    }

    It 'says what is missing: the report, or a connection' {
        Assert-OneError { Get-WorkdayPatron $TestDrive | Compare-KohaProxNumber } ProxReportNotNamed InvalidArgument $null '*-ProxReport*'
        Assert-OneError { Get-WorkdayPatron $TestDrive | Compare-KohaProxNumber -Connection other } KohaNotConnected ConnectionError other '*"other"*'
    }

    It 'shows a table, and lets Tab complete its properties and statuses' {
        Get-View (Get-Plan) | Should -Match 'Status\s+UserId\s+Name ?in ?Koha\s+Card ?now\s+Card ?then\s+Why'
        Get-Completion 'Get-WorkdayPatron | Compare-KohaProxNumber | Where-Object CardT' | Should -Be 'CardThen'
        Get-Completion 'Get-WorkdayPatron | Compare-KohaProxNumber | Where-Object Status -ne Unch' | Should -Be 'Unchanged'
    }
}
