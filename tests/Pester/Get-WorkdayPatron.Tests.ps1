BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Get-WorkdayPatron' {
    BeforeAll {
        Save-Export "$TestDrive/student_data.json" @(
            Get-StudentRecord 'anunez' '1' @{ primary_program = 'Architecture BArch' }
            Get-StudentRecord 'bkim' '2' @{ academic_level = 'Graduate'; campus = 'Oakland' }
        )
        Save-Export "$TestDrive/employee_data.json" @(Get-EmployeeRecord 'cwu' '3')
        New-Item "$TestDrive/fall [2026]" -ItemType Directory | Out-Null
        Copy-Item "$TestDrive/student_data.json" "$TestDrive/fall [2026]/student_data.json"
    }

    It 'reads the exports of a folder, of a file and of the current folder' {
        (Get-WorkdayPatron $TestDrive).UserName | Should -Be 'anunez', 'bkim', 'cwu'
        (Get-WorkdayPatron -Path "$TestDrive/employee_data.json").UserName | Should -Be 'cwu'
        Push-Location $TestDrive
        try {
            (Get-WorkdayPatron -Type Employee).UserName | Should -Be 'cwu'
        }
        finally {
            Pop-Location
        }
    }

    It 'takes files and folders from Get-ChildItem, paths from texts, and LiteralPath by property name' {
        (Get-ChildItem $TestDrive -Filter *_data.json | Sort-Object Name | Get-WorkdayPatron).UserName | Should -Be 'cwu', 'anunez', 'bkim'
        (Get-Item -LiteralPath "$TestDrive/fall [2026]" | Get-WorkdayPatron).UserName | Should -Be 'anunez', 'bkim'
        ("$TestDrive/employee_data.json" | Get-WorkdayPatron).UserName | Should -Be 'cwu'
        ([pscustomobject]@{ FullName = "$TestDrive/employee_data.json" } | Get-WorkdayPatron).UserName | Should -Be 'cwu'
    }

    It 'expands wildcards in -Path, and takes -LiteralPath as it is written' {
        (Get-WorkdayPatron "$TestDrive/*_data.json").Count | Should -Be 3
        (Get-WorkdayPatron -LiteralPath "$TestDrive/fall [2026]").Count | Should -Be 2
        (Get-WorkdayPatron 'TestDrive:/employee_data.json').UserName | Should -Be 'cwu'
    }

    It 'gives objects that Where-Object, Group-Object, Sort-Object and Select-Object take as they are' {
        (Get-WorkdayPatron $TestDrive | Where-Object PrimaryProgram -like '*Architecture*').UserName | Should -Be 'anunez'
        (Get-WorkdayPatron $TestDrive -Type Student | Group-Object Level | Sort-Object Name).Name | Should -Be 'Graduate', 'Undergraduate'
        (Get-WorkdayPatron $TestDrive | Sort-Object UserName -Descending | Select-Object -ExpandProperty UserName) | Should -Be 'cwu', 'bkim', 'anunez'
        (Get-WorkdayPatron $TestDrive | Where-Object campus -eq Oakland).UserName | Should -Be 'bkim'
    }

    It 'stops reading when nobody needs more' {
        # Whoever reads to the end meets an error.
        Save-Text "$TestDrive/broken.json" ('[' + '{"username":"u","student_id":"1"},' * 5000)
        Get-WorkdayPatron "$TestDrive/broken.json" -ErrorVariable met | Select-Object -First 5 | Should -HaveCount 5
        $met | Should -BeNullOrEmpty
        Assert-OneError { Get-WorkdayPatron "$TestDrive/broken.json" } WorkdayExportIncomplete ParserError broken.json '*5,000 people were read; they are not everybody.*'
    }

    It 'leaves out a record of the wrong shape with an error of its own, and goes on' {
        Save-Text "$TestDrive/shape.json" ('[{"username":"a","student_id":"1"},', '{"username":"b","student_id":"2","programs":"none"},', '{"username":"c","student_id":"3"}]' -join "`n")
        (Get-WorkdayPatron "$TestDrive/shape.json" -ErrorAction SilentlyContinue).UserName | Should -Be 'a', 'c'
        Assert-OneError { Get-WorkdayPatron "$TestDrive/shape.json" } WorkdayRecordInvalid InvalidData shape.json:2 'shape.json, record 2 (line 2): "programs" should be a list*'
    }

    It 'says what is missing, and what to do' {
        Assert-OneError { Get-WorkdayPatron nowhere } PathNotFound ObjectNotFound nowhere '*nowhere does not exist.*'
        Assert-OneError { Get-WorkdayPatron Env:PATH } PathNotFileSystem InvalidArgument Env:PATH
        Assert-OneError { Get-WorkdayPatron $TestDrive -Type PreCollege } WorkdayExportNotFound ObjectNotFound "$TestDrive"
    }

    It 'shows a table that begins with the user name' {
        Get-View (Get-WorkdayPatron $TestDrive -Type Student) | Should -Match 'UserName\s+Name\s+Level\s+PrimaryProgram\s+UniversalId'
        Get-View (Get-WorkdayPatron $TestDrive -Type Employee) | Should -Match 'UserName\s+Name\s+Etype\s+Department\s+Program\s+UniversalId'
    }

    It 'lets Tab complete types, files, property names and the values of the export at hand' {
        Get-Completion 'Get-WorkdayPatron -Type Pre' | Should -Be 'PreCollege'
        Get-Completion "Get-WorkdayPatron $TestDrive/empl" | Should -Be (Join-Path $TestDrive employee_data.json)
        Get-Completion 'Get-WorkdayPatron | Where-Object Prim' | Should -Be 'PrimaryProgram'
        Get-Completion 'Get-WorkdayPatron | Group-Object Lev' | Should -Be 'Level'
        Get-Completion "Get-WorkdayPatron '$TestDrive' -Type Student | Where-Object PrimaryProgram -eq Arch" | Should -Be "'Architecture BArch'"
    }
}
