BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Connect-Koha' {
    BeforeAll {
        $script:koha = Open-Fake koha
    }

    AfterEach {
        Disconnect-Koha
    }

    AfterAll {
        Close-Fake $koha
    }

    It 'makes the connection that the next cmdlets use, and gives nothing' {
        Connect-Koha $koha.Address (Get-KohaKey) | Should -BeNullOrEmpty
        (Get-KohaPatron jdoe).PatronId | Should -Be 16
    }

    It 'takes the address under the names that people try' {
        foreach ($name in 'ApiRoot', 'Uri', 'Url') {
            $address = @{ $name = $koha.Address }
            (Connect-Koha @address -Credential (Get-KohaKey) -PassThru).CanWrite | Should -BeTrue
        }
    }

    It 'gives a connection with -PassThru that shows who it is, and no secret' {
        $connection = Connect-Koha $koha.Address (Get-KohaKey) -Name main -PassThru
        Get-View $connection | Should -Match 'Name\s+ApiRoot\s+User\s+CanWrite'
        ($connection | Format-List * | Out-String) + ($connection | ConvertTo-Json -Depth 2) | Should -Not -Match 'secret-editor'
    }

    It 'warns when the key may only read' {
        $connection = Connect-Koha $koha.Address (Get-KohaKey subeditor) -PassThru -WarningVariable warnings -WarningAction SilentlyContinue
        $connection.CanWrite | Should -BeFalse
        "$warnings" | Should -BeLike '*can read patrons but not change them*'
    }

    It 'says what is in the way, each by its own error' {
        Assert-OneError { Connect-Koha $koha.Address (Get-KohaKey editor wrong) } KohaCredentialRefused AuthenticationError 127.0.0.1 "*key's id and secret*"
        Assert-OneError { Connect-Koha $koha.Address (Get-KohaKey noperm) } KohaPermissionMissing PermissionDenied 127.0.0.1 '*More > Set permissions*'
        Assert-OneError { Connect-Koha http://127.0.0.1:1/api/v1 (Get-KohaKey) } KohaUnreachable ConnectionError 127.0.0.1
        Assert-OneError { Connect-Koha http://library.example.edu/api/v1 (Get-KohaKey) } KohaApiRootInsecure InvalidArgument library.example.edu '*Use https*'
        Assert-OneError { Connect-Koha library.example.edu (Get-KohaKey) } KohaApiRootInvalid InvalidArgument library.example.edu '*https://library.example.edu/api/v1*'
    }

    It 'keeps several connections apart by name' {
        Connect-Koha $koha.Address (Get-KohaKey) -Name test
        Connect-Koha $koha.Address (Get-KohaKey) -Name 'our Koha'
        Get-Completion 'Get-KohaPatron jdoe -Connection ' | Should -Be 'test', "'our Koha'"
        (Get-KohaPatron jdoe -Connection test).PatronId | Should -Be 16
    }
}
