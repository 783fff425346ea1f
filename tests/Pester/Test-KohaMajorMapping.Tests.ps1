BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Test-KohaMajorMapping' {
    BeforeAll {
        Save-Export "$TestDrive/student_data.json" @(
            Get-StudentRecord 'anunez' '1' @{ primary_program = 'Comics MFA (Low-Residency)' }
            Get-StudentRecord 'bkim' '2' @{ primary_program = 'Comics MFA (Low-Residency)' }
            Get-StudentRecord 'cwu' '3'
        )
        Save-Export "$TestDrive/employee_data.json" @(Get-EmployeeRecord 'dortiz' '4' @{ department = 'Student Success' })
    }

    It 'gives an object for each term that is not mapped, however many people have it' {
        $gaps = Get-WorkdayPatron $TestDrive | Test-KohaMajorMapping
        $gaps.Term | Should -Be 'Comics MFA (Low-Residency)', 'Student Success'
        $gaps.People | Should -Be 2, 1
        $gaps[0].Users | Should -Be 'anunez', 'bkim'
        ($gaps | Where-Object Kind -eq Department).Nearest | Should -Contain 'Student Affairs'
    }

    It 'gives a line to paste, after which the term is mapped' {
        $lines = Get-WorkdayPatron $TestDrive | Test-KohaMajorMapping | Where-Object Kind -eq Major | ForEach-Object SettingsLine
        Save-Text "$TestDrive/settings.json" "{`"majors`": {`n$($lines -join "`n")`n}}"
        (Get-WorkdayPatron $TestDrive | Test-KohaMajorMapping -SettingsPath "$TestDrive/settings.json").Kind | Should -Be 'Department'
    }

    It 'reads the source of the settings when nothing is piped' {
        Save-Text "$TestDrive/source.json" '{"source": "."}'
        Test-KohaMajorMapping -SettingsPath "$TestDrive/source.json" | Should -HaveCount 2
    }

    It 'answers a script with $true or $false and nothing else' {
        Get-WorkdayPatron $TestDrive | Test-KohaMajorMapping -Quiet | Should -BeFalse
        Get-WorkdayPatron $TestDrive | Where-Object UserName -eq cwu | Test-KohaMajorMapping -Quiet | Should -BeTrue
    }

    It 'tells what is new since the baseline was written' {
        Get-WorkdayPatron $TestDrive | Where-Object UserName -eq cwu | Test-KohaMajorMapping -BaselinePath "$TestDrive/terms.json" -UpdateBaseline
        (Get-WorkdayPatron $TestDrive -Type Student | Test-KohaMajorMapping -BaselinePath "$TestDrive/terms.json" | Where-Object Change -eq New).Term | Should -Be 'Comics MFA (Low-Residency)'
        Assert-OneError { Get-WorkdayPatron $TestDrive | Test-KohaMajorMapping -UpdateBaseline } BaselineNotNamed InvalidArgument $null
    }

    It 'shows a table, and lets Tab complete properties and their values' {
        Get-View (Get-WorkdayPatron $TestDrive | Test-KohaMajorMapping) | Should -Match 'Kind\s+Term\s+Change\s+People\s+Nearest known'
        Get-Completion 'Test-KohaMajorMapping | Where-Object Near' | Should -Be 'Nearest'
        Get-Completion 'Test-KohaMajorMapping | Where-Object Kind -eq Dep' | Should -Be 'Department'
    }
}
