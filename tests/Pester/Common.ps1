# What the files of this suite share: the module under test, its test servers, exports to read. Each file dot-sources it in BeforeAll.
# Everything here runs in Windows PowerShell 5.1 too, and is ASCII: 5.1 reads a script without BOM in the machine's own code page.

$script:Repository = [IO.Path]::GetFullPath("$PSScriptRoot/../..")
$script:Examples = Join-Path $Repository 'examples'
# The module's name or path, or what dotnet build made.
$module = Import-Module $(if ($env:KOHAPATRON_MODULE) { $env:KOHAPATRON_MODULE } else { Join-Path $Repository 'out/KohaPatron/KohaPatron.psd1' }) -PassThru
$script:ModuleManifest = Join-Path $module.ModuleBase 'KohaPatron.psd1'
# For the consoles that tests start elsewhere.
$env:KOHAPATRON_MODULE = $ModuleManifest

# As PowerShell itself reads it: the manifest has a condition, which Import-PowerShellDataFile does not take.
function Get-Manifest {
    & ([scriptblock]::Create([IO.File]::ReadAllText($ModuleManifest)))
}

# PowerShell itself, with its first arguments. Under "dotnet tool exec" that is dotnet with pwsh.dll: the tool's own pwsh only
# starts another process, which a kill or Ctrl+C would miss.
$script:Shell = @((Get-Process -Id $PID).Path)
if ((Split-Path $Shell[0] -Leaf) -match '^dotnet(\.exe)?$') {
    $script:Shell += Join-Path $PSHOME pwsh.dll
}

# The settings of whoever runs the tests are not part of them.
$env:KOHA_PATRON_SETTINGS = Join-Path $PSScriptRoot 'no-settings.json'

# Starts a test server, "koha" or "storage --folder F"; gives its address, and its process for Close-Fake.
function Open-Fake([string] $Command) {
    $program = Get-Item "$Repository/artifacts/bin/KohaPatron.Fakes/*/KohaPatron.Fakes.dll" | Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $program) {
        throw 'The test servers are not built. Run "dotnet build".'
    }

    $start = [Diagnostics.ProcessStartInfo]@{
        FileName               = 'dotnet'
        Arguments              = "exec `"$($program.FullName)`" $Command --port 0"
        RedirectStandardOutput = $true
        UseShellExecute        = $false
        CreateNoWindow         = $true
    }
    $process = [Diagnostics.Process]::Start($start)
    if ($process.StandardOutput.ReadLine() -notmatch 'https?://[^\s,]+') {
        throw "The test server `"$Command`" did not start."
    }

    [pscustomobject]@{ Address = $Matches[0]; Process = $process }
}

# Takes nothing too: it runs in AfterAll, also when Open-Fake failed.
function Close-Fake($Fake) {
    if ($Fake) {
        $Fake.Process.Kill()
        $Fake.Process.WaitForExit()
    }
}

# A key of the test Koha: "editor" may write, "subeditor" may only read.
function Get-KohaKey([string] $Client = 'editor', [string] $Secret = "secret-$Client") {
    $secure = [Security.SecureString]::new()
    $Secret.ToCharArray() | ForEach-Object { $secure.AppendChar($_) }
    [pscredential]::new("client-$Client", $secure)
}

# All that the test Koha knows of its patrons, asked without the module under test.
function Get-KohaState($Koha) {
    $basic = [Convert]::ToBase64String([Text.Encoding]::ASCII.GetBytes('client-editor:secret-editor'))
    $headers = @{ Authorization = "Basic $basic"; 'x-koha-embed' = 'extended_attributes' }
    (Invoke-WebRequest "$($Koha.Address)/patrons?_per_page=-1" -Headers $headers -UseBasicParsing).Content
}

# A student's record with the fields that a row needs; others are added or replaced.
function Get-StudentRecord([string] $UserName, [string] $UniversalId, [hashtable] $With = @{}) {
    $record = @{
        username = $UserName; universal_id = $UniversalId; student_id = "S$UniversalId"; first_name = 'F'; last_name = 'L'
        inst_email = "$UserName@example.edu"; academic_level = 'Undergraduate'; primary_program = 'Animation'; programs = @()
    }
    foreach ($field in $With.Keys) {
        $record[$field] = $With[$field]
    }

    $record
}

function Get-EmployeeRecord([string] $UserName, [string] $UniversalId, [hashtable] $With = @{}) {
    $record = @{
        username = $UserName; universal_id = $UniversalId; first_name = 'F'; last_name = 'L'; work_email = "$UserName@example.edu"
        active_status = '1'; is_contingent = '0'; etype = 'Staff'; department = 'Libraries'
    }
    foreach ($field in $With.Keys) {
        $record[$field] = $With[$field]
    }

    $record
}

# UTF-8 without BOM in both editions, which Set-Content does not do.
function Save-Text([string] $Path, [string] $Text) {
    [IO.File]::WriteAllText($Path, $Text)
}

function Save-Export([string] $Path, [hashtable[]] $Record) {
    Save-Text $Path (ConvertTo-Json @{ Report_Entry = @($Record) } -Depth 5)
}

# What Tab offers after a line.
function Get-Completion([string] $Line) {
    (TabExpansion2 $Line $Line.Length).CompletionMatches | ForEach-Object CompletionText
}

# What a user sees of objects: the default view, wide enough for all columns.
function Get-View($InputObject) {
    $InputObject | Out-String -Width 250
}

# A session in which nobody answers questions, and what is printed is not shown.
function Open-Session {
    $session = [runspacefactory]::CreateRunspace()
    $session.Open()
    $shell = [powershell]::Create()
    $shell.Runspace = $session
    # Not in a scope of its own: what stands in this file is for all that follows.
    $shell.AddScript(". '$PSScriptRoot/Common.ps1'").Invoke() | Out-Null
    $shell.Dispose()
    $session
}

# Runs a script there, in a scope of its own; gives the errors.
function Invoke-Session($Session, [string] $Script) {
    $shell = [powershell]::Create()
    try {
        $shell.Runspace = $Session
        $shell.AddScript($Script, $true).Invoke() | Out-Null
        $shell.Streams.Error
    }
    finally {
        $shell.Dispose()
    }
}

# A folder with a copy of the examples, and one for what is made of them.
function New-ExamplesFolder {
    $folder = Join-Path $TestDrive ([guid]::NewGuid())
    New-Item "$folder/out" -ItemType Directory | Out-Null
    Copy-Item $Examples $folder -Recurse
    $folder
}

# Runs PowerShell with these arguments as a process of its own, as a scheduler does; gives the lines that it writes.
function Invoke-Shell {
    $program, $first = $Shell
    & $program @($first) -NoProfile -NonInteractive -ExecutionPolicy Bypass @args 2>&1 | ForEach-Object { "$_" }
}

# Runs a script in a console of its own, which knows what is in this file; gives the lines that a user would read there.
function Invoke-Console([string] $Script, [string] $Folder = $TestDrive) {
    $file = Join-Path $TestDrive "console-$([guid]::NewGuid()).ps1"
    Save-Text $file ". '$PSScriptRoot/Common.ps1'`nSet-Location -LiteralPath '$Folder'`n$Script"
    Invoke-Shell -File $file
    Remove-Item -LiteralPath $file
}

# Holds that a command makes just one error, ending or not, which scripts can tell by its id and people can read.
# Of a path as the target, the last part counts: Windows may spell the folders before it in their short form.
function Assert-OneError([scriptblock] $Command, [string] $Id, [string] $Category, $Target, [string] $Message = '*') {
    $errors = @(try { & $Command 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] } } catch { $_ })
    $errors.Count | Should -Be 1
    ($errors[0].FullyQualifiedErrorId -split ',')[0] | Should -Be $Id
    $errors[0].CategoryInfo.Category | Should -Be $Category
    ("$($errors[0].TargetObject)" -split '[\\/]')[-1] | Should -Be ("$Target" -split '[\\/]')[-1]
    $errors[0].ToString() | Should -BeLike $Message
    $errors[0] | Out-String | Should -Not -Match '\bat \w+\.\w+\.|   at '
}
