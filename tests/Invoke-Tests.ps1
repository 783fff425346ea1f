# Every test, xunit and Pester; the last line counts both. Exit code 0: all passed.
$root = Split-Path $PSScriptRoot
Set-Location -LiteralPath $root
$env:DOTNET_CLI_UI_LANGUAGE = 'en'

'Building the module and its tests ...'
dotnet build KohaPatron.slnx -c Release -v quiet --nologo
if ($LASTEXITCODE) {
    '0 passed, 1 failed, 0 skipped'
    exit 1
}

dotnet test --solution KohaPatron.slnx -c Release --no-build | Tee-Object -Variable told
$broken = $LASTEXITCODE -ne 0
function Get-Count([string] $Word) {
    [int](($told -match "^\s*${Word}: \d+$" | Select-Object -Last 1) -replace '\D')
}

Import-Module (Join-Path $root artifacts/Pester/Pester.psd1)
$pester = Invoke-Pester -Path (Join-Path $PSScriptRoot Pester) -PassThru

$failed = (Get-Count failed) + $pester.FailedCount + $pester.FailedContainersCount + $pester.FailedBlocksCount
# A run that broke without a failed test is not a success.
if ($broken -and -not $failed) { $failed = 1 }
'{0} passed, {1} failed, {2} skipped' -f ((Get-Count succeeded) + $pester.PassedCount), $failed, ((Get-Count skipped) + $pester.SkippedCount)
exit [int]($failed -gt 0)
