BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'The topics of Get-Help' {
    It 'say what the pages in docs/about say' {
        $made = New-Item "$TestDrive/en-US" -ItemType Directory
        & "$Repository/docs/Update-About.ps1" -OutputFolder $made.FullName
        $topics = Get-ChildItem (Join-Path (Split-Path $ModuleManifest) en-US) -Filter about_*.help.txt
        $topics.Name | Should -Be (Get-ChildItem $made.FullName).Name
        foreach ($topic in $topics) {
            [IO.File]::ReadAllText($topic.FullName) -replace "`r" | Should -BeExactly ([IO.File]::ReadAllText((Join-Path $made.FullName $topic.Name))) -Because './build.ps1 Docs makes them'
        }
    }
}
