BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Export-KohaPatronCsv' {
    BeforeAll {
        $script:golden = [IO.File]::ReadAllBytes("$Repository/tests/KohaPatron.PowerShell.Tests/Golden/patrons-2023.csv")
        $script:rows = Get-WorkdayPatron $Examples | ConvertTo-KohaPatronCsv -End 2023-12-12 -EnrolledOn 2023-08-24 -SettingsPath "$Examples/koha-patron.json" -WarningAction SilentlyContinue 6>$null
        $script:csv = "$TestDrive/patrons.csv"

        # As text of one byte each, which a failure can show.
        function Get-ByteText([byte[]] $Byte) {
            [Text.Encoding]::GetEncoding('iso-8859-1').GetString($Byte)
        }
    }

    It 'writes the very bytes that Koha wants, and gives nothing' {
        $rows | Export-KohaPatronCsv $csv | Should -BeNullOrEmpty
        Get-ByteText ([IO.File]::ReadAllBytes($csv)) | Should -BeExactly (Get-ByteText $golden)
    }

    It 'has the content that Export-Csv writes' {
        $rows | Export-KohaPatronCsv $csv
        $rows | Export-Csv "$TestDrive/theirs.csv" -NoTypeInformation -Encoding UTF8
        $ours = Import-Csv $csv -Encoding UTF8 | ConvertTo-Json
        $ours | Should -BeExactly (Import-Csv "$TestDrive/theirs.csv" -Encoding UTF8 | ConvertTo-Json)
        # Windows PowerShell quotes every value and begins with a BOM; where that can be turned off, the files are the same.
        if ($PSVersionTable.PSVersion.Major -ge 7) {
            $rows | Export-Csv "$TestDrive/theirs.csv" -UseQuotes AsNeeded -Encoding utf8NoBOM
            [IO.File]::ReadAllText("$TestDrive/theirs.csv") -replace "`r`n", "`n" | Should -BeExactly ([IO.File]::ReadAllText($csv))
        }
    }

    It 'takes rows back that PowerShell kept in a file' {
        $rows | Export-Clixml "$TestDrive/rows.xml"
        Import-Clixml "$TestDrive/rows.xml" | Export-KohaPatronCsv $csv
        Get-ByteText ([IO.File]::ReadAllBytes($csv)) | Should -BeExactly (Get-ByteText $golden)
        Import-Csv $csv -Encoding UTF8 | Export-KohaPatronCsv "$TestDrive/again.csv"
        Get-ByteText ([IO.File]::ReadAllBytes("$TestDrive/again.csv")) | Should -BeExactly (Get-ByteText $golden)
    }

    It 'writes rows that were filtered and changed on the way' {
        $rows | Where-Object categorycode -eq GRAD | Select-Object -First 2 | ForEach-Object { $_ | Select-Object -Property * } |
            ForEach-Object { $_.branchcode = 'OAK'; $_ } | Export-KohaPatronCsv $csv
        $written = Import-Csv $csv -Encoding UTF8
        $written.branchcode | Should -Be 'OAK', 'OAK'
        $written.categorycode | Should -Be 'GRAD', 'GRAD'
    }

    It 'adds to a file with -Append, and gives the file with -PassThru' {
        $rows | Select-Object -First 1 | Export-KohaPatronCsv $csv
        $file = $rows | Select-Object -Skip 1 -First 1 | Export-KohaPatronCsv $csv -Append -PassThru
        $file | Should -BeOfType IO.FileInfo
        (Import-Csv $file.FullName -Encoding UTF8).userid | Should -Be $rows[0].userid, $rows[1].userid
    }

    It 'takes the path as it is written, on the drives of PowerShell too' {
        $rows | Select-Object -First 1 | Export-KohaPatronCsv 'TestDrive:/patrons [new].csv'
        Test-Path -LiteralPath "$TestDrive/patrons [new].csv" | Should -BeTrue
    }

    It 'leaves the old file whole when the pipeline breaks' {
        Save-Text $csv 'old'
        { $rows | ForEach-Object { if ($_.userid -eq $rows[300].userid) { throw 'broken' } $_ } | Export-KohaPatronCsv $csv } | Should -Throw 'broken'
        [IO.File]::ReadAllText($csv) | Should -Be 'old'
        Get-ChildItem $TestDrive -Force -Filter *patrons.csv* | Should -HaveCount 1
    }

    It 'knows rows that Select-Object made anew, however long they were kept' {
        $whole = [IO.File]::ReadAllBytes("$Examples/student_data.json")
        [IO.File]::WriteAllBytes("$TestDrive/cut.json", $whole[0..($whole.Length / 2)])
        Save-Text $csv 'old'
        function Read-Rows($Path) {
            Get-WorkdayPatron $Path -ErrorAction SilentlyContinue | ConvertTo-KohaPatronCsv -End 2099-12-12 -WarningAction SilentlyContinue 6>$null
        }
        $cut = Read-Rows "$TestDrive/cut.json" | Select-Object *
        { Read-Rows "$TestDrive/cut.json" | Select-Object userid, surname | Export-KohaPatronCsv $csv } | Should -Throw 'cut.json broke off after *'
        $good = Read-Rows "$Examples/student_data.json" | Select-Object *
        { $cut | Export-KohaPatronCsv $csv } | Should -Throw 'cut.json broke off after *'
        { $cut | Select-Object *, @{ n = 'sort1'; e = { 'x' } } | Export-KohaPatronCsv $csv } | Should -Throw 'cut.json broke off after *'
        [IO.File]::ReadAllText($csv) | Should -Be 'old'
        # What broke off before does not keep what is whole from its file.
        $good | Export-KohaPatronCsv $csv
        @(Import-Csv $csv).Count | Should -Be $good.Count
    }

    It 'never writes over what it reads: <_>' -ForEach 'student_data.json', 'prox.csv', 'koha-patron.json' {
        $in = New-ExamplesFolder | Join-Path -ChildPath examples
        $before = [IO.File]::ReadAllText("$in/$_")
        $load = { Get-WorkdayPatron "$in/student_data.json" | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxReport "$in/prox.csv" -SettingsPath "$in/koha-patron.json" -WarningAction SilentlyContinue 6>$null }
        Assert-OneError { & $load | Export-KohaPatronCsv "$in/./$_" -Force } PatronCsvOverInput InvalidArgument $_ '*Nothing was changed.*'
        $kept = & $load
        Assert-OneError { $kept | Select-Object * | Export-KohaPatronCsv "$in/$_" } PatronCsvOverInput InvalidArgument $_
        [IO.File]::ReadAllText("$in/$_") | Should -BeExactly $before
        # What it does not read may be replaced.
        $kept | Export-KohaPatronCsv "$in/patrons.csv"
    }

    It 'leaves a named pipe what it is' -Skip:($IsWindows -ne $false) {
        mkfifo "$TestDrive/pipe.csv"
        Assert-OneError { $rows[0] | Export-KohaPatronCsv "$TestDrive/pipe.csv" } PatronCsvCannotWrite WriteError pipe.csv '*It is a named pipe or a device, not a file.*'
        test -p "$TestDrive/pipe.csv"
        $LASTEXITCODE | Should -Be 0
    }

    It 'names what is no row, and what cannot be written' {
        Assert-OneError { 5, $rows[0] | Export-KohaPatronCsv "$TestDrive/new.csv" } PatronCsvNotARow InvalidArgument Int32
        Assert-OneError { $rows[0] | Export-KohaPatronCsv "$TestDrive/none/patrons.csv" } PatronCsvCannotWrite WriteError patrons.csv '*Nothing was changed.*'
    }
}
