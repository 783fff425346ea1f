BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Disconnect-Koha' {
    BeforeAll {
        $script:koha = Open-Fake koha
    }

    BeforeEach {
        Connect-Koha $koha.Address (Get-KohaKey) -Name one
        $script:two = Connect-Koha $koha.Address (Get-KohaKey) -Name two -PassThru
    }

    AfterAll {
        Disconnect-Koha
        Close-Fake $koha
    }

    It 'ends all connections' {
        Disconnect-Koha | Should -BeNullOrEmpty
        Assert-OneError { Get-KohaPatron jdoe } KohaNotConnected ConnectionError $null '*Use Connect-Koha first.'
    }

    It 'ends the named one, and the others stay' {
        Disconnect-Koha one
        Assert-OneError { Get-KohaPatron jdoe -Connection one } KohaNotConnected ConnectionError one '*named "one"*'
        (Get-KohaPatron jdoe).PatronId | Should -Be 16
    }

    It 'takes connections from the pipeline by their name' {
        $two | Disconnect-Koha
        Get-Completion 'Disconnect-Koha ' | Should -Be 'one'
    }

    It 'names a connection that there is not' {
        Assert-OneError { Disconnect-Koha three } KohaNotConnected ConnectionError three '*"three"*'
    }

    It 'has nothing to do when there is no connection' {
        Disconnect-Koha
        { Disconnect-Koha -ErrorAction Stop } | Should -Not -Throw
    }
}
