BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Test-WorkdayExport' {
    BeforeAll {
        $script:export = "$TestDrive/student_data.json"
        $script:baseline = "$TestDrive/exports.json"
        Save-Export $export @(1..10 | ForEach-Object { Get-StudentRecord "u$_" "$_" })
        Test-WorkdayExport $TestDrive -BaselinePath $baseline -UpdateBaseline
    }

    It 'gives nothing while the exports are what they were' {
        Test-WorkdayExport $TestDrive -BaselinePath $baseline | Should -BeNullOrEmpty
        Test-WorkdayExport $TestDrive -BaselinePath $baseline -Quiet | Should -BeTrue
    }

    It 'tells of fields that came and went, and of far fewer people' {
        Save-Export $export @(1..7 | ForEach-Object { Get-StudentRecord "u$_" "$_" @{ mobile = '1' } })
        $changes = Test-WorkdayExport $TestDrive -BaselinePath $baseline
        ($changes | Where-Object Kind -eq FieldAppeared).Field | Should -Be 'mobile'
        @($changes | Group-Object Kind).Count | Should -Be 2
        Test-WorkdayExport $TestDrive -BaselinePath $baseline -Quiet | Should -BeFalse
        Get-View $changes | Should -Match 'student_data.json\s+Kind\s+Field\s+Before\s+Now'
    }

    It 'takes files from Get-ChildItem and literal paths' {
        Get-ChildItem $TestDrive -Filter student_data.json | Test-WorkdayExport -BaselinePath $baseline | Should -Not -BeNullOrEmpty
        Test-WorkdayExport -LiteralPath $export -BaselinePath $baseline -MaximumShrink 100 | Where-Object Kind -ne FieldAppeared | Should -BeNullOrEmpty
    }

    It 'keeps neither names nor addresses in the baseline' {
        [IO.File]::ReadAllText($baseline) | Should -Not -Match 'u1\b|@example'
    }

    It 'warns that there is no baseline yet, and names one that is none' {
        Test-WorkdayExport $TestDrive -BaselinePath "$TestDrive/none.json" -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*none.json does not exist yet*-UpdateBaseline*'
        Assert-OneError { Test-WorkdayExport $TestDrive -BaselinePath $export } BaselineInvalid InvalidData student_data.json
    }

    It 'lets Tab complete properties and kinds' {
        Get-Completion 'Test-WorkdayExport | Where-Object Ki' | Should -Be 'Kind'
        Get-Completion 'Test-WorkdayExport | Where-Object Kind -eq FieldV' | Should -Be 'FieldVanished'
    }
}
