@{
    # Each edition has a build of its own. A condition here is what the package tools know of scripts in a manifest, and
    # costs a tenth of a second less than a psm1 that chooses.
    RootModule             = if ($PSEdition -eq 'Core') { 'net8.0/KohaPatron.PowerShell.dll' } else { 'netstandard2.0/KohaPatron.PowerShell.dll' }
    ModuleVersion          = '0.1.0'
    GUID                   = '5d0c0c1f-9f0e-4c0a-8f8e-6b4c6f2d7a31'
    Author                 = 'The KohaPatron authors'
    CompanyName            = 'The KohaPatron authors'
    Copyright              = '(c) The KohaPatron authors. MIT licence.'
    Description            = 'Loads patrons from Workday exports and a TouchNet/OneCard prox report into the Koha library system.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Desktop', 'Core')
    FormatsToProcess       = @('KohaPatron.Format.ps1xml')
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    CmdletsToExport        = @(
        'Add-KohaPatron'
        'Compare-KohaPatron'
        'Compare-KohaProxNumber'
        'Connect-Koha'
        'ConvertTo-KohaPatronCsv'
        'Disconnect-Koha'
        'Export-KohaPatronCsv'
        'Export-KohaPatronReport'
        'Get-KohaPatron'
        'Get-KohaPatronSetting'
        'Get-WorkdayPatron'
        'Import-ProxReport'
        'New-KohaPatronSetting'
        'Remove-WorkdayExport'
        'Save-WorkdayExport'
        'Test-KohaMajorMapping'
        'Test-KohaPatronCsv'
        'Test-WorkdayExport'
        'Undo-KohaPatron'
        'Undo-KohaProxNumber'
        'Update-KohaPatron'
        'Update-KohaProxNumber'
    )
    PrivateData            = @{
        PSData = @{
            Tags         = @('Koha', 'Library', 'Patron', 'Workday', 'OneCard', 'TouchNet', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://github.com/KohaPatron/KohaPatron/blob/main/LICENSE'
            ProjectUri   = 'https://github.com/KohaPatron/KohaPatron'
            ReleaseNotes = 'https://github.com/KohaPatron/KohaPatron/blob/main/CHANGELOG.md'
        }
    }
}
