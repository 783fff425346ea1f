BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'ConvertTo-KohaPatronCsv' {
    BeforeAll {
        Save-Export "$TestDrive/student_data.json" @(
            Get-StudentRecord 'anunez' '1' @{ last_name = "N$([char]0xFA)$([char]0xF1)ez, Jr." }
            Get-StudentRecord 'bkim' '2' @{ academic_level = 'Graduate'; primary_program = 'Cake Decorating' }
            Get-StudentRecord 'cwu' '3' @{ inst_email = $null }
        )
        Save-Text "$TestDrive/prox.csv" "`"Universal ID`",`"Prox ID`"`n`"1`",`"000057426`"`n"

        function Get-Row {
            Get-WorkdayPatron $TestDrive | ConvertTo-KohaPatronCsv -End 2026-12-18 -EnrolledOn 2026-08-24 -WarningAction SilentlyContinue @args 6>$null
        }
    }

    It 'gives flat objects of text, whose properties are the columns of Koha in its order' {
        $row = @(Get-Row)[0]
        $row.PSObject.Properties.Name -join ',' | Should -Be 'branchcode,cardnumber,categorycode,dateenrolled,dateexpiry,email,firstname,patron_attributes,surname,userid,phone,borrowernotes'
        $row.PSObject.Properties.Value | ForEach-Object { $_ | Should -BeOfType string }
        $row.dateexpiry | Should -Be '2026-12-18'
    }

    It 'works with Where-Object, Group-Object, Sort-Object and Select-Object' {
        (Get-Row | Where-Object categorycode -eq GRAD).userid | Should -Be 'bkim'
        (Get-Row | Group-Object categorycode).Count | Should -Be 2
        (Get-Row | Sort-Object userid -Descending | Select-Object -First 1).userid | Should -Be 'bkim'
    }

    It 'takes and gives objects one by one where somebody looks on, and makes the same file as where nobody does' {
        $load = { param($People, $Rows) Get-WorkdayPatron $TestDrive -Type Student @People | ConvertTo-KohaPatronCsv -End 2026-12-18 -WarningAction SilentlyContinue @Rows 6>$null | Export-KohaPatronCsv "$TestDrive/out.csv" }
        . $load @{} @{}
        $alone = [IO.File]::ReadAllText("$TestDrive/out.csv")
        . $load @{ OutVariable = 'people' } @{ OutVariable = 'rows' }
        [IO.File]::ReadAllText("$TestDrive/out.csv") | Should -Be $alone
        $people.UserName | Should -Be 'anunez', 'bkim', 'cwu'
        $rows.userid | Should -Be 'anunez', 'bkim'
        $PSDefaultParameterValues = @{ 'Get-WorkdayPatron:OutVariable' = 'usual' }
        . $load @{} @{}
        $usual.UserName | Should -Be 'anunez', 'bkim', 'cwu'
        $PSDefaultParameterValues = @{}
        # Those left out travel with the rows.
        . $load @{ OutBuffer = 2 } @{ IncludeSkipped = $true }
        [IO.File]::ReadAllText("$TestDrive/out.csv") | Should -Be $alone
        Get-WorkdayPatron $TestDrive -Type Student -PipelineVariable person | ConvertTo-KohaPatronCsv -End 2026-12-18 -WarningAction SilentlyContinue 6>$null |
            ForEach-Object { "$($person.UserName) $($_.userid)" } | Should -Be 'anunez anunez', 'bkim bkim'
    }

    It 'gives objects one by one to the variables of functions around the cmdlets too' {
        function Get-Person { [CmdletBinding()] param() Get-WorkdayPatron $TestDrive -Type Student -WarningAction SilentlyContinue }
        function Get-PipedRow {
            [CmdletBinding()] param([Parameter(ValueFromPipeline)] $InputObject)
            begin {
                $step = { ConvertTo-KohaPatronCsv -End 2026-12-18 -WarningAction SilentlyContinue }.GetSteppablePipeline()
                $step.Begin($PSCmdlet)
            }
            process { $step.Process($InputObject) }
            end { $step.End() }
        }
        Get-Person -OutVariable people | ConvertTo-KohaPatronCsv -End 2026-12-18 -WarningAction SilentlyContinue 6>$null | Out-Null
        $people.UserName | Should -Be 'anunez', 'bkim', 'cwu'
        Get-Person -PipelineVariable person | ConvertTo-KohaPatronCsv -End 2026-12-18 -WarningAction SilentlyContinue 6>$null |
            ForEach-Object { "$($person.UserName) $($_.userid)" } | Should -Be 'anunez anunez', 'bkim bkim'
        Get-Person | Get-PipedRow -OutVariable rows 6>$null | Export-KohaPatronCsv "$TestDrive/out.csv"
        $rows.userid | Should -Be 'anunez', 'bkim'
    }

    It 'finds each object of the pipeline that is no person, and each that cannot be taken, also behind cmdlets of this module' {
        Get-Row | ConvertTo-KohaPatronCsv -End 2026-12-18 -WarningAction SilentlyContinue 6>$null -ErrorVariable wrong -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $wrong.FullyQualifiedErrorId | Should -Be (@('WorkdayPatronInvalid,KohaPatron.PowerShell.Cmdlets.ConvertToKohaPatronCsvCommand') * 2)
        $person = @(Get-WorkdayPatron $TestDrive -Type Student)[0]
        Get-WorkdayPatron $TestDrive -Type Student | ConvertTo-KohaPatronCsv -End 2026-12-18 -InputObject $person -WarningAction SilentlyContinue 6>$null -ErrorVariable wrong -ErrorAction SilentlyContinue
        $wrong.TargetObject.UserName | Should -Be 'anunez', 'bkim', 'cwu'
    }

    It 'tells what is to be said between the people that it is about' {
        New-Item "$TestDrive/order" -ItemType Directory | Out-Null
        Save-Export "$TestDrive/order/employee_data.json" @(
            Get-EmployeeRecord 'one' '1' @{ etype = '' }
            Get-EmployeeRecord 'two' '2' @{ department = @() }
            Get-EmployeeRecord 'three' '3' @{ etype = '' }
        )
        & { Get-WorkdayPatron "$TestDrive/order/employee_data.json" | ConvertTo-KohaPatronCsv -End 2026-12-18 | Export-KohaPatronCsv "$TestDrive/order.csv" -Force } *>&1 |
            ForEach-Object { "$_" -replace '[:,].*' } | Where-Object { $_ -match '^(one|employee_data.json|three)$' } | Should -Be 'one', 'employee_data.json', 'three'
    }

    It 'tells the totals on the information stream, and never among the objects' {
        $all = @(Get-WorkdayPatron $TestDrive | ConvertTo-KohaPatronCsv -End 2026-12-18 -WarningAction SilentlyContinue -InformationVariable totals 6>$null)
        $all | ForEach-Object { $_ | Should -BeOfType KohaPatronRow }
        "$totals" | Should -BeLike '2 rows, 1 left out (-IncludeSkipped shows whom and why)*'
    }

    It 'keeps the totals in a variable on request' {
        Get-WorkdayPatron $TestDrive | ConvertTo-KohaPatronCsv -End 2026-12-18 -SummaryVariable load -WarningAction SilentlyContinue 6>$null | Out-Null
        $load.People, $load.Rows, $load.LeftOut | Should -Be 3, 2, 1
    }

    It 'warns with the user name of whom to look at, and writes the row' {
        Get-WorkdayPatron $TestDrive | ConvertTo-KohaPatronCsv -End 2026-12-18 -WarningVariable warnings -WarningAction SilentlyContinue 6>$null | Should -HaveCount 2
        $warnings | Where-Object { "$_" -like 'Cake Decorating: 1 person has this major*bkim*' } | Should -HaveCount 1
    }

    It 'gives those left out with the reason on request' {
        $skipped = Get-Row -IncludeSkipped | Where-Object Reason
        $skipped.UserName, "$($skipped.Reason)" | Should -Be 'cwu', 'NoEmail'
        Get-View $skipped | Should -Match 'UserName\s+Type\s+Reason\s+Detail'
    }

    It 'takes card numbers from a report or from what Import-ProxReport gave' {
        (Get-Row -ProxReport "$TestDrive/prox.csv").cardnumber | Should -Be '57426', '2'
        (Get-Row -ProxNumber (Import-ProxReport "$TestDrive/prox.csv")).cardnumber | Should -Be '57426', '2'
        (Get-Row -ProxNumber (Import-Csv "$TestDrive/prox.csv")).cardnumber | Should -Be '57426', '2'
    }

    It 'takes a date object, and refuses a date that is another day elsewhere' {
        (Get-WorkdayPatron $TestDrive | ConvertTo-KohaPatronCsv ([datetime]'2026-12-18') -WarningAction SilentlyContinue 6>$null)[0].dateexpiry | Should -Be '2026-12-18'
        Assert-OneError { Get-WorkdayPatron $TestDrive | ConvertTo-KohaPatronCsv -End 05/06/2026 } ParameterArgumentTransformationError InvalidData $null '*Expected a day such as*'
    }

    It 'ends before the first row when the rules have a gap, and names the setting' {
        Save-Export "$TestDrive/faculty.json" @(Get-EmployeeRecord 'efox' '5' @{ etype = 'Faculty' })
        Assert-OneError { Get-WorkdayPatron "$TestDrive/faculty.json" | ConvertTo-KohaPatronCsv -End 2026-11-18 -WarningAction SilentlyContinue } FacultyExpiryMissing InvalidArgument ([datetime]'2026-11-18') '*"facultyExpiry"*-Profile 2026.'
    }

    It 'shows a table of what a librarian looks for' {
        Get-View (Get-Row) | Should -Match 'userid\s+surname\s+firstname\s+categorycode\s+cardnumber\s+dateexpiry\s+patron_attributes'
    }

    It 'lets Tab complete the columns' {
        Get-Completion 'Get-WorkdayPatron | ConvertTo-KohaPatronCsv -End 2026-12-18 | Where-Object cat' | Should -Be 'categorycode'
        Get-Completion 'ConvertTo-KohaPatronCsv -Profile ' | Should -Be '2023', '2026'
    }
}
