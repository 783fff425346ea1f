BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Export-KohaPatronReport' {
    BeforeAll {
        $script:page = "$TestDrive/report.html"
        Save-Export "$TestDrive/student_data.json" @(
            Get-StudentRecord 'anunez' '1' @{ last_name = 'Geheim'; primary_program = 'Cake Decorating' }
            Get-StudentRecord 'bkim' '2' @{ inst_email = $null }
        )
        $script:load = Get-WorkdayPatron $TestDrive | ConvertTo-KohaPatronCsv -End 2099-12-18 -IncludeSkipped -WarningAction SilentlyContinue 6>$null
        $script:gaps = Get-WorkdayPatron $TestDrive | Test-KohaMajorMapping
    }

    It 'makes one page of any mixture of objects, and gives nothing' {
        @($load) + @($gaps) | Export-KohaPatronReport $page -Title 'Fall & Spring' | Should -BeNullOrEmpty
        $html = [IO.File]::ReadAllText($page)
        $html | Should -Match '<h1>Fall &amp; Spring</h1>'
        $html | Should -Match '>anunez<'
        $html | Should -Match 'Cake Decorating'
    }

    It 'shows the user id of people, and nothing else of them' {
        $load | Export-KohaPatronReport $page
        [IO.File]::ReadAllText($page) | Should -Not -Match 'Geheim|@example\.edu'
    }

    It 'takes what PowerShell kept in a file' {
        $load | Export-Clixml "$TestDrive/load.xml"
        Import-Clixml "$TestDrive/load.xml" | Export-KohaPatronReport $page
        [IO.File]::ReadAllText($page) | Should -Match 'Rows for Koha'
    }

    It 'gives the file with -PassThru, on a drive of PowerShell too' {
        $file = $load | Export-KohaPatronReport 'TestDrive:/report [new].html' -PassThru
        $file | Should -BeOfType IO.FileInfo
        $file.Name | Should -Be 'report [new].html'
        $file.Exists | Should -BeTrue
    }

    It 'names a folder that is not there' {
        Assert-OneError { $load | Export-KohaPatronReport "$TestDrive/none/report.html" } PatronReportCannotWrite WriteError report.html '*Nothing was changed.*'
    }
}
