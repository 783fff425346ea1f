BeforeDiscovery {
    . $PSScriptRoot/Common.ps1

    # What each cmdlet that writes is asked to do in the folder below, and what the "What if:" text has to name.
    $script:rows = @{
        'Add-KohaPatron'          = @{
            Script = 'Get-WorkdayPatron . | ConvertTo-KohaPatronCsv -End 2099-12-18 -SettingsPath settings.json -WarningAction Ignore 6>$null | Add-KohaPatron'
            Target = 'nobody'
        }
        'Export-KohaPatronCsv'    = @{ Script = 'Import-Csv old.csv | Export-KohaPatronCsv old.csv'; Target = 'old.csv' }
        'Export-KohaPatronReport' = @{ Script = '1 | Export-KohaPatronReport report.html'; Target = 'report.html' }
        'New-KohaPatronSetting'   = @{ Script = 'New-KohaPatronSetting student_data.json first.json'; Target = 'first.json' }
        'Remove-WorkdayExport'    = @{ Script = 'Remove-WorkdayExport .'; Target = 'student_data.json', 'prox.csv', 'old.csv' }
        'Save-WorkdayExport'      = @{ Script = 'Save-WorkdayExport gs://exports/ saved'; Target = 'student_data.json' }
        'Test-KohaMajorMapping'   = @{ Script = 'Get-WorkdayPatron . | Test-KohaMajorMapping -BaselinePath terms.json -UpdateBaseline'; Target = 'terms.json' }
        'Test-WorkdayExport'      = @{ Script = 'Test-WorkdayExport . -BaselinePath exports.json -UpdateBaseline'; Target = 'exports.json' }
        'Undo-KohaPatron'         = @{ Script = 'Undo-KohaPatron records.jsonl -SettingsPath records.json'; Target = '1 patron' }
        'Undo-KohaProxNumber'     = @{ Script = 'Undo-KohaProxNumber -JournalPath cards.jsonl'; Target = 'alovelace@example.edu' }
        'Update-KohaPatron'       = @{
            Script = 'Get-WorkdayPatron . | Update-KohaPatron -End 2099-12-18 -ProxReport prox.csv -SettingsPath settings.json -JournalPath new.jsonl'
            Target = '1 patron made'
        }
        'Update-KohaProxNumber'   = @{
            Script = 'Get-WorkdayPatron . | Update-KohaProxNumber prox.csv -SettingsPath settings.json -JournalPath new.jsonl -MissingPath missing.json'
            Target = 'ghopper@example.edu', 'missing.json'
        }
    }
    # From the module, not from the table: a new cmdlet without a row fails.
    $script:writing = Get-Command -Module KohaPatron | Where-Object { $_.Parameters.ContainsKey('WhatIf') } | ForEach-Object { @{ Cmdlet = $_.Name; Row = $rows[$_.Name] } }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe '-WhatIf' {
    BeforeAll {
        $script:folder = New-Item "$TestDrive/load" -ItemType Directory
        Save-Export "$folder/student_data.json" @(
            Get-StudentRecord 'alovelace@example.edu' 'U1001'
            Get-StudentRecord 'ghopper@example.edu' 'U1004'
            Get-StudentRecord 'nobody' 'new'
        )
        Save-Text "$folder/prox.csv" "Universal ID,Prox ID`nU1001,57426`nU1004,57427`nnew,77`n"
        Save-Text "$folder/settings.json" '{"library": "MAIN", "attributes": {"universalId": "UID", "studentId": "STUID", "major": "PROGRAM", "department": "DEPT"}}'
        Save-Text "$folder/records.json" '{"replaceTables": true, "library": "MAIN", "attributes": {"universalId": "UID", "studentId": "STUID", "major": "PROGRAM", "department": "DEPT"}, "categories": {"Undergraduate": "STUDENT", "Faculty": "FACULTY", "Staff": "STAFF"}}'
        Save-Text "$folder/old.csv" "branchcode,cardnumber,categorycode,dateenrolled,dateexpiry,email,firstname,patron_attributes,surname,userid,phone,borrowernotes`nSF,1,STAFF,,,,,,Old,old,,`n"

        $script:koha = Open-Fake koha
        $script:storage = Open-Fake "storage --folder `"$folder`""
        $script:before = $env:STORAGE_EMULATOR_HOST
        $env:STORAGE_EMULATOR_HOST = $storage.Address

        # One card was changed in a run before, so that there is a journal with something to take back.
        Connect-Koha $koha.Address (Get-KohaKey)
        Get-WorkdayPatron $folder | Where-Object UserName -like alovelace* |
            Update-KohaProxNumber "$folder/prox.csv" -SettingsPath "$folder/settings.json" -JournalPath "$folder/cards.jsonl" 6>$null | Out-Null
        Get-WorkdayPatron $folder | Where-Object UserName -like alovelace* |
            Update-KohaPatron -End 2098-12-18 -ProxReport "$folder/prox.csv" -SettingsPath "$folder/records.json" -JournalPath "$folder/records.jsonl" -WarningAction Ignore 6>$null | Out-Null
        Disconnect-Koha

        # Everything that a write could change: the patrons, the objects in the bucket, the files.
        function Get-State {
            Get-KohaState $koha
            (Invoke-WebRequest "$($storage.Address.TrimEnd('/'))/storage/v1/b/exports/o" -UseBasicParsing).Content
            Get-ChildItem $folder -Recurse -Force | Sort-Object FullName | ForEach-Object {
                "$($_.FullName) $($_.LastWriteTimeUtc.Ticks) $(if (-not $_.PSIsContainer) { (Get-FileHash -LiteralPath $_.FullName).Hash })"
            }
        }
    }

    BeforeAll {
        # "What if:" is written to the console alone, so that they run in one of their own, one after the other.
        $script:state = Get-State
        $scripts = $writing | ForEach-Object { "'### $($_.Cmdlet) '; $($_.Row.Script) -WhatIf" }
        $script:console = (Invoke-Console "Connect-Koha '$($koha.Address)' (Get-KohaKey)`n$($scripts -join "`n")" $folder) -join "`n"
        $script:after = Get-State
    }

    AfterAll {
        $env:STORAGE_EMULATOR_HOST = $before
        Close-Fake $koha
        Close-Fake $storage
    }

    It '<Cmdlet> names its target' -ForEach $writing {
        $Row | Should -Not -BeNullOrEmpty -Because 'each cmdlet that writes has a row in the table of this file'
        $said = ($console -split "(?m)^### " -like "$Cmdlet *")[0]
        foreach ($target in $Row.Target) {
            $said -split "`n" | Where-Object { $_ -like 'What if:*' -and $_.Contains($target) } | Should -Not -BeNullOrEmpty -Because "the user has to read about $target, and read: $said"
        }
    }

    It 'writes nothing' {
        $after | Should -BeExactly $state
    }
}
