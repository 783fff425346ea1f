# What people really hand in. Whatever it is, the load speaks up, and nothing takes more than fifteen lines of a console.
BeforeDiscovery {
    . $PSScriptRoot/Common.ps1

    function New-Case([string] $Name, [string] $Says, [scriptblock] $Given, [string] $Run = 'Get-WorkdayPatron "$in/student_data.json" | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxReport "$in/prox.csv" | Export-KohaPatronCsv "$in/patrons.csv"', [switch] $Replaces) {
        @{ Name = $Name; Says = $Says; Given = $Given; Run = $Run; Replaces = $Replaces.IsPresent }
    }

    $withSettings = 'Get-WorkdayPatron "$in/student_data.json" | ConvertTo-KohaPatronCsv -End 2099-12-12 -SettingsPath "$in/koha-patron.json" | Export-KohaPatronCsv "$in/patrons.csv"'
    $script:cases = @(
        New-Case 'an export that broke off' '*patrons.csv is as it was*' { Save-Text "$in/student_data.json" $text.Substring(0, $text.Length - 400) }
        New-Case 'an export with thousands of bad records' '*holds 5,000 records that could not be read*' { Save-Text "$in/student_data.json" ('[' + ((@($records[0]) + @('{"username":"u","programs":"x"}') * 5000) -join ",`n") + ']') }
        New-Case 'an export of nobody' '*No row came.*' { Save-Text "$in/student_data.json" '{"Report_Entry":[]}' }
        New-Case 'an export of nobody beside others' '*employee_data.json is an export of nobody*' { Save-Text "$in/employee_data.json" '{"Report_Entry":[]}' } -Run 'Get-WorkdayPatron $in | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxReport "$in/prox.csv" | Export-KohaPatronCsv "$in/patrons.csv"' -Replaces
        New-Case 'universal IDs that a spreadsheet has rewritten' '*found a number like 1.0E+06*400 in all*' { Save-Text "$in/student_data.json" ($text -replace '"universal_id":"\d+"', '"universal_id":"1.00E+06"') }
        New-Case 'universal IDs with a point' '*found a number like 1.0.*400 in all*' { Save-Text "$in/student_data.json" ($text -replace '"universal_id":"(\d+)"', '"universal_id":$1.0') }
        New-Case 'an empty export' '*is empty (0 bytes)*' { Save-Text "$in/student_data.json" '' }
        New-Case 'a login page for an export' '*web page*' { Save-Text "$in/student_data.json" ('<!DOCTYPE html>' * 5000) }
        New-Case 'an export in UTF-16' '*UTF-16*' { [IO.File]::WriteAllText("$in/student_data.json", $text, [Text.Encoding]::Unicode) }
        New-Case 'what is not JSON at all' '*not valid JSON*' { Save-Text "$in/student_data.json" ("garbage`n" * 100000) }
        New-Case 'settings for an export' '*not a Workday export*' { Save-Text "$in/student_data.json" '{"library":"OAK","majors":{"X":"1"}}' }
        New-Case 'a plan for an export' '*not an export*' { Save-Text "$in/student_data.json" ('[' + (@('{"Status":"Change","UserId":"a"}') * 500 -join ',') + ']') }
        New-Case 'employees under the name of the students' '*student_data.json is called like an export of students, but its first record is an employee*patrons.csv is as it was*' { Save-Export "$in/student_data.json" (1..400 | ForEach-Object { Get-EmployeeRecord "u$_" "$_" }) }
        New-Case 'students under the name of the employees' '*employee_data.json is called like an export of employees, but its first record is a student*patrons.csv is as it was*' { Copy-Item "$in/student_data.json" "$in/employee_data.json" } -Run 'Get-WorkdayPatron $in | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxReport "$in/prox.csv" | Export-KohaPatronCsv "$in/patrons.csv"'
        New-Case 'records nested too deeply' '*nested too deeply*' { Save-Text "$in/student_data.json" ('[{"username":"a","x":' + '[' * 100 + ']' * 100 + '}]') }
        New-Case 'a value too long' '*larger than 16 MB*' { Save-Text "$in/student_data.json" ('[{"username":"a","x":"' + 'x' * 17000000 + '"}]') }
        New-Case 'a folder without employees' '*no employee_data.json*' { } -Run 'Get-WorkdayPatron $in | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxReport "$in/prox.csv" | Export-KohaPatronCsv "$in/patrons.csv"' -Replaces
        New-Case 'a download that has not ended' '*is a download that has not ended*' { Save-Text "$in/employee_data.json.crdownload" '{' } -Run 'Get-WorkdayPatron $in | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxReport "$in/prox.csv" | Export-KohaPatronCsv "$in/patrons.csv"' -Replaces
        New-Case 'a folder without exports' '*No Workday export in*' { Remove-Item "$in/student_data.json" } -Run 'Get-WorkdayPatron $in | ConvertTo-KohaPatronCsv -End 2099-12-12 | Export-KohaPatronCsv "$in/patrons.csv"'
        New-Case 'a path that is not there' '*does not exist*' { } -Run 'Get-WorkdayPatron "$in/nowhere" | ConvertTo-KohaPatronCsv -End 2099-12-12 | Export-KohaPatronCsv "$in/patrons.csv"'
        New-Case 'old exports and an old report' '*more than 30 days ago*' { 'student_data.json', 'prox.csv' | ForEach-Object { (Get-Item "$in/$_").LastWriteTime = (Get-Date).AddDays(-40) } } -Replaces
        New-Case 'a report that Excel has rewritten' '*Excel has rewritten them*' { Save-Text "$in/prox.csv" ("Universal ID,Prox ID`n" + (1..300 | ForEach-Object { "1.0E+06,5.7E+04`n" } | Out-String)) }
        New-Case 'an empty report' '*prox.csv*' { Save-Text "$in/prox.csv" '' }
        New-Case 'a report without rows' '*no row under it*' { Save-Text "$in/prox.csv" "Universal ID,Prox ID`n" }
        New-Case 'a report with the wrong column' '*that can be used*' { Save-Text "$in/prox.csv" ("Universal ID,Prox ID`n" + ((1..300 | ForEach-Object { "$_,Smith" }) -join "`n")) }
        New-Case 'a report of one person over and over' '*universal ID of an earlier row*' { Save-Text "$in/prox.csv" ("Universal ID,Prox ID`n" + ((1..300 | ForEach-Object { "7,$($_ + 1000)" }) -join "`n")) }
        New-Case 'a report without a header' '*no header line*' { Save-Text "$in/prox.csv" ((1..300 | ForEach-Object { "$_,$($_ + 1000)" }) -join "`n") }
        New-Case 'a report that broke off in a card' '*prox.csv ends in the middle of line 201*' { Save-Text "$in/prox.csv" ("Universal ID,Prox ID,Last Name`n" + ((1..199 | ForEach-Object { "$_,$($_ + 50000),`n" }) -join '') + '200,502') }
        New-Case 'a report that broke off in its last cell' '*prox.csv, line 401: the file ends in this row*' { Save-Text "$in/prox.csv" ("Universal ID,Prox ID`n" + ((1..399 | ForEach-Object { "$_,$($_ + 50000)`n" }) -join '') + '400,502') } -Replaces
        New-Case 'a report that broke off within quotation marks' '*prox.csv ends in the middle of line 401*' { Save-Text "$in/prox.csv" ("Universal ID,Prox ID`n" + ((1..399 | ForEach-Object { "$_,""$($_ + 50000)""`n" }) -join '') + '400,"50240') }
        New-Case 'a report of other people' '*a card for none of 400 people*' { Save-Text "$in/prox.csv" ("Universal ID,Prox ID`n" + ((1..400 | ForEach-Object { "$($_ + 900000),$($_ + 50000)" }) -join "`n")) } -Replaces
        New-Case 'half a report' '*a card for only 150 of 400 people*' { Save-Text "$in/prox.csv" ("Universal ID,Prox ID`n" + ((1..150 | ForEach-Object { "$_,$($_ + 50000)" }) -join "`n")) } -Replaces
        New-Case 'a workbook for a report' '*Excel workbook*' { [IO.File]::WriteAllBytes("$in/prox.csv", [byte[]](0x50, 0x4B, 3, 4) + [byte[]]::new(5000)) }
        New-Case 'a report with hundreds of bad rows' '*more of these*' { Save-Text "$in/prox.csv" ("Universal ID,Prox ID`n" + ((1..900 | ForEach-Object { if ($_ % 3) { "$_,$($_ + 1000)" } else { "$_,lost" } }) -join "`n")) } -Replaces
        New-Case 'majors that the tables lack' '*Bioart: 400 people have this major*' { Save-Text "$in/student_data.json" ($text -replace 'Animation', 'Bioart') } -Replaces
        New-Case 'one card for everybody' '*more of these*' { Save-Text "$in/prox.csv" ("Universal ID,Prox ID`n" + ((1..400 | ForEach-Object { "$_,99" }) -join "`n")) } -Replaces
        New-Case 'a backslash in the settings' '*written twice*' { Save-Text "$in/koha-patron.json" '{"source":"C:\Users\me"}' } -Run $withSettings
        New-Case 'settings in UTF-16' '*UTF-16*' { [IO.File]::WriteAllText("$in/koha-patron.json", '{}', [Text.Encoding]::Unicode) } -Run $withSettings
        New-Case 'empty settings' '*is empty*' { Save-Text "$in/koha-patron.json" '' } -Run $withSettings
        New-Case 'curly quotes in the settings' '*typographic*' { Save-Text "$in/koha-patron.json" "{$([char]0x201C)library$([char]0x201D):1}" } -Run $withSettings
        New-Case 'a number for a code' '*in quotation marks*' { Save-Text "$in/koha-patron.json" '{"majors":{"X":5}}' } -Run $withSettings
        New-Case 'a number with a leading zero for a code' '*begins with 0*' { Save-Text "$in/koha-patron.json" '{"majors":{"X":05}}' } -Run $withSettings
        New-Case 'settings that are not there' '*koha-patron.json does not exist*' { } -Run $withSettings
        New-Case 'numbers for people' '*573 more of these*' { } -Run '1..574 | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxReport "$in/prox.csv" | Export-KohaPatronCsv "$in/patrons.csv"'
        New-Case 'people for rows' '*399 more of these*' { } -Run 'Get-WorkdayPatron "$in/student_data.json" | Export-KohaPatronCsv "$in/patrons.csv"'
        New-Case 'a misspelt variable' '*$null*' { } -Run '$nobody | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxReport "$in/prox.csv" | Export-KohaPatronCsv "$in/patrons.csv"'
        New-Case 'a library that Koha lacks' '*library*' { } -Run 'Get-WorkdayPatron "$in/student_data.json" | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxReport "$in/prox.csv" | Test-KohaPatronCsv -KnownLibrary OAK'
        New-Case 'junk for prox numbers' '*No object of -ProxNumber is a prox number*' { } -Run 'Get-WorkdayPatron "$in/student_data.json" | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxNumber (1..300) | Export-KohaPatronCsv "$in/patrons.csv"'
        New-Case 'a folder for a report' '*It is a folder, not a file.*' { } -Run 'Get-WorkdayPatron "$in/student_data.json" | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxReport $in | Export-KohaPatronCsv "$in/patrons.csv"'
        New-Case 'a folder for settings' '*It is a folder, not a file.*' { } -Run 'Get-WorkdayPatron "$in/student_data.json" | ConvertTo-KohaPatronCsv -End 2099-12-12 -SettingsPath $in | Export-KohaPatronCsv "$in/patrons.csv"'
        New-Case 'a folder for the file to write' '*It is a folder, not a file.*' { } -Run 'Get-WorkdayPatron "$in/student_data.json" | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxReport "$in/prox.csv" | Export-KohaPatronCsv $in'
        New-Case 'a prox report for an import file' '*Koha knows none of these columns*' { } -Run 'Test-KohaPatronCsv "$in/prox.csv"'
    )
    if ($IsLinux -or $IsMacOS) {
        $script:cases += New-Case 'a named pipe for an import file' '*named pipe*' { mkfifo "$in/pipe.csv" } -Run 'Test-KohaPatronCsv "$in/pipe.csv"'
        $script:cases += New-Case 'a named pipe' '*named pipe*' { Remove-Item "$in/student_data.json"; mkfifo "$in/student_data.json" }
    }
}

# Windows PowerShell shows each error with a stack of lines of its own.
Describe 'A load that is given <Name>' -ForEach $cases -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
    BeforeAll {
        . $PSScriptRoot/Common.ps1
        $script:in = New-Item "$TestDrive/$([guid]::NewGuid())" -ItemType Directory | ForEach-Object FullName
        $records = 1..400 | ForEach-Object { ConvertTo-Json (Get-StudentRecord "u$_" "$_") -Compress }
        $script:text = '{"Report_Entry":[' + ($records -join ",`n") + ']}'
        Save-Text "$in/student_data.json" $text
        Save-Text "$in/prox.csv" ("Universal ID,Prox ID`n" + ((1..400 | ForEach-Object { "$_,$($_ + 50000)" }) -join "`n"))
        Save-Text "$in/patrons.csv" 'the old file'
    }

    It 'speaks up within fifteen lines, and leaves the file as it was where it should' {
        . $Given
        # As at the prompt: a line of its own, in a console of the usual width.
        $said = @(& {
                try { & ([scriptblock]::Create($Run)) *>&1 } catch { $_ }
            } | Out-String -Stream -Width 4000 | ForEach-Object { $_.TrimEnd().Replace($in, '/srv/load') } | Where-Object { $_ })
        $said -join ' ' | Should -BeLike $Says
        ($said | ForEach-Object { [Math]::Ceiling($_.Length / 120) } | Measure-Object -Sum).Sum | Should -BeLessOrEqual 15 -Because ($said -join "`n")
        if ($Replaces) {
            Get-Content "$in/patrons.csv" -TotalCount 1 | Should -BeLike 'branchcode,*'
        }
        else {
            [IO.File]::ReadAllText("$in/patrons.csv") | Should -Be 'the old file'
        }
    }
}
