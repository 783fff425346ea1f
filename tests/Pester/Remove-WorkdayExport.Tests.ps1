BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Remove-WorkdayExport' {
    BeforeEach {
        $script:folder = "$TestDrive/load"
        New-Item $folder -ItemType Directory -Force | Out-Null
        Save-Export "$folder/student_data.json" @(Get-StudentRecord 'anunez' '1')
        Save-Text "$folder/prox.csv" "Universal ID,Prox ID`n1,2`n"
        Save-Text "$folder/patrons.csv" "branchcode,cardnumber,categorycode,dateenrolled,dateexpiry,email,firstname,patron_attributes,surname,userid,phone,borrowernotes`nSF,1,STAFF,,,,,,Kim,bkim,,`n"
        Save-Text "$folder/budget.csv" "year,amount`n2026,1`n"

        function Get-Left {
            (Get-ChildItem $folder | Sort-Object Name).Name
        }
    }

    It 'removes the files of a load from a folder, and says on the information stream what it left' {
        Remove-WorkdayExport $folder -Confirm:$false -InformationVariable told 6>$null | Should -BeNullOrEmpty
        Get-Left | Should -Be 'budget.csv'
        "$told" | Should -Be '3 files removed; left: budget.csv.'
    }

    It 'takes files from Get-ChildItem, objects with FullName, and wildcards' {
        Get-ChildItem $folder -Filter prox.csv | Remove-WorkdayExport -Confirm:$false 6>$null
        [pscustomobject]@{ FullName = "$folder/patrons.csv" } | Remove-WorkdayExport -Confirm:$false 6>$null
        Get-Left | Should -Be 'budget.csv', 'student_data.json'
        Remove-WorkdayExport "$folder/student_*.json" -Confirm:$false 6>$null
        Get-Left | Should -Be 'budget.csv'
    }

    It 'leaves a named file of something else, unless it is forced' {
        Assert-OneError { Remove-WorkdayExport "$folder/budget.csv" -Confirm:$false 6>$null } CleanupNotOfALoad InvalidArgument budget.csv '*use -Force.'
        Get-Left | Should -Contain 'budget.csv'
        Remove-WorkdayExport "$folder/budget.csv" -Confirm:$false -Force 6>$null
        Get-Left | Should -Not -Contain 'budget.csv'
    }

    It 'asks before it deletes, so that a script without -Confirm:$false deletes nothing' {
        Invoke-Console "Remove-WorkdayExport '$folder'" | Out-Null
        Get-Left | Should -HaveCount 4
    }

    It 'names a path that leads nowhere, and a call that names nothing' {
        Assert-OneError { Remove-WorkdayExport nowhere -Confirm:$false } PathNotFound ObjectNotFound nowhere
        Assert-OneError { Remove-WorkdayExport -Confirm:$false } CleanupNothingNamed InvalidArgument $null '*-Path.'
    }
}
