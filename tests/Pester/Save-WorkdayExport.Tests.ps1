BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Save-WorkdayExport' {
    BeforeAll {
        $script:bucket = New-Item "$TestDrive/bucket" -ItemType Directory
        Save-Export "$bucket/student_data.json" @(Get-StudentRecord 'anunez' '1')
        Save-Export "$bucket/employee_data.json" @(Get-EmployeeRecord 'bkim' '2')
        $script:storage = Open-Fake "storage --folder `"$bucket`""
        $script:before = $env:STORAGE_EMULATOR_HOST
        $env:STORAGE_EMULATOR_HOST = $storage.Address
    }

    AfterAll {
        $env:STORAGE_EMULATOR_HOST = $before
        Close-Fake $storage
    }

    It 'saves the exports of a bucket under their own names, in a folder that it makes' {
        Save-WorkdayExport gs://exports/ "$TestDrive/new" | Should -BeNullOrEmpty
        (Get-WorkdayPatron "$TestDrive/new").UserName | Should -Be 'anunez', 'bkim'
        (Get-FileHash "$TestDrive/new/student_data.json").Hash | Should -Be (Get-FileHash "$bucket/student_data.json").Hash
    }

    It 'saves one type, and gives the files that Get-WorkdayPatron takes' {
        $file = Save-WorkdayExport gs://exports/ "$TestDrive/one" -Type Employee -PassThru
        $file | Should -BeOfType IO.FileInfo
        ($file | Get-WorkdayPatron).UserName | Should -Be 'bkim'
    }

    It 'saves into the current folder when none is named' {
        New-Item "$TestDrive/here" -ItemType Directory | Push-Location
        try {
            Save-WorkdayExport gs://exports/student_data.json
        }
        finally {
            Pop-Location
        }

        Test-Path "$TestDrive/here/student_data.json" | Should -BeTrue
    }

    It 'says what it saved, and leaves alone what is the newest already' {
        $said = Save-WorkdayExport gs://exports/ "$TestDrive/twice" 6>&1
        "$said" | Should -BeLike '*gs://exports/student_data.json is saved as *student_data.json.*'
        $first = (Get-Item "$TestDrive/twice/student_data.json").LastWriteTimeUtc
        $said = Save-WorkdayExport gs://exports/ "$TestDrive/twice" 6>&1
        (Get-Item "$TestDrive/twice/student_data.json").LastWriteTimeUtc | Should -Be $first
        "$said" | Should -BeLike '*student_data.json is the newest already*'
    }

    It 'names what is not there, and what is no address in Cloud Storage' {
        Assert-OneError { Save-WorkdayExport gs://nobody/student_data.json $TestDrive } StorageBucketNotFound ObjectNotFound student_data.json
        Assert-OneError { Save-WorkdayExport D:/exports $TestDrive } StorageSourceNotAddress InvalidArgument exports '*gs://*'
    }

    It 'is not needed to read from a bucket' {
        (Get-WorkdayPatron gs://exports/).UserName | Should -Be 'anunez', 'bkim'
    }
}
