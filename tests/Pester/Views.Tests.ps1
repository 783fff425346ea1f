BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $format = [xml][IO.File]::ReadAllText((Join-Path (Split-Path $ModuleManifest) KohaPatron.Format.ps1xml))
    $script:views = $format.Configuration.ViewDefinitions.View | ForEach-Object {
        @{ Name = $_.Name; Type = "$($_.ViewSelectedBy.TypeName)"; Label = @($_.TableControl.TableHeaders.TableColumnHeader.Label); Wraps = $null -ne $_.TableControl.TableRowEntries.TableRowEntry.SelectSingleNode('Wrap') }
    }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1

    # What a console of this width shows of any object of the type, with long values in all its properties.
    function Get-Table([string] $Type, [int] $Width) {
        $item = [pscustomobject]@{
            UserName = 'agarciamarquez1500'; Name = 'Xochitl Garcia Marquez de la Vega'; Type = 'Student'; Level = 'Undergraduate'; Etype = 'Instructors'
            PrimaryProgram = 'Comics MFA (Low-Residency)'; Department = 'Graduate Studies'; Program = 'Comics MFA'; UniversalId = '00100000041'
            CardNumber = '000057426'; LastName = 'Garcia Marquez'; FirstName = 'Xochitl'; IsInactive = $false; Line = 12345; Reason = 'NoUniversalId'
            Detail = 'no e-mail address in the export'; userid = 'agarciamarquez1500'; surname = 'Garcia'; categorycode = 'SPECIALFAC'; dateexpiry = '2026-12-18'
            patron_attributes = 'UNIVID:001000041,STUID:0200041'; Value = 'x' * 60; Source = 'koha-patron.json, line 12'; PatronId = 1234567; CategoryId = 'SPECIALFAC'
            ExpiryDate = '2026-12-18'; ApiRoot = 'https://library.example.edu/api/v1/'; User = 'client-editor'; CanWrite = $true; Status = 'NoProxNumber'
            NameInKoha = 'Xochitl Garcia Marquez'; CardNow = '57426'; CardThen = '61100'; Why = 'no patron with this user id or universal ID'
            Message = 'The same as in line 201 (wnguyen202): Koha refuses this row.'; Kind = 'Department'; Term = 'Comics MFA (Low-Residency)'; Change = 'Unmapped'
            People = 12345; Nearest = @('Comics MFA'); Column = 'patron_attributes'; Severity = 'Warning'; Export = 'student_pre_college_data.json'
            Field = 'programs[].credentials'; Before = '100 % filled'; Now = '12 % filled'
        }
        $item.PSTypeNames.Insert(0, $Type)
        @(($item | Out-String -Width $Width) -split '\r?\n')
    }
}

Describe 'The table of <Name>' -ForEach $views {
    It 'fits a console of <_> columns, with every heading, and nothing cut' -ForEach 80, 120 {
        $width = $_
        $lines = Get-Table $Type $width
        $lines | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual $width }
        # Of a row the attributes, the last column, are for wider consoles.
        $there = if ($Name -eq 'KohaPatronRow' -and $width -eq 80) { $Label | Select-Object -SkipLast 1 } else { $Label }
        $heading = $lines | Where-Object { $_ -match "^ *$([regex]::Escape($there[0]))\b" } | Select-Object -First 1
        $heading | Should -Match (($there | ForEach-Object { [regex]::Escape($_) }) -join '\s+')
        if ($Wraps) {
            "$lines" | Should -Not -Match ([char]0x2026)
            "$lines" | Should -Not -Match '\.\.\.'
        }
        # Who it is about stands on one line.
        if ($Label -match '^user(id|name)$') {
            @($lines -match '\bagarciamarquez1500\b').Count | Should -Be 1
        }
    }
}
