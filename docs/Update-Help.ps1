<#
.SYNOPSIS
Brings docs/cmdlets up to date with the built cmdlets, and makes the module's help file of it.
.DESCRIPTION
Parameters and syntax in the markdown come from the cmdlets, the words from whoever wrote them; a new parameter shows up
as "{{ Fill", which a test finds. A new cmdlet needs a page first: copy one, and change its names. Needs
Microsoft.PowerShell.PlatyPS 1.0.3 and a build (dotnet build). Running it again changes nothing.
#>
#requires -Version 7.4
#requires -Modules @{ ModuleName = 'Microsoft.PowerShell.PlatyPS'; ModuleVersion = '1.0.3' }
param([string] $OutputFolder = [IO.Path]::Combine($PSScriptRoot, '..', 'module', 'en-US'))

$ErrorActionPreference = 'Stop'
$namespaces = @{
    maml    = 'http://schemas.microsoft.com/maml/2004/10'
    command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    dev     = 'http://schemas.microsoft.com/maml/dev/2004/10'
}
$pages = Get-ChildItem ([IO.Path]::Combine($PSScriptRoot, 'cmdlets', '*.md'))

# What PlatyPS does on its own account is taken back: a byte order mark, the date of the day, empty headings, and its own
# sentence after ours for -WhatIf and -Confirm.
function Sync-Page($Page) {
    # Twice: a syntax that changed gets its [<CommonParameters>] only the next time.
    1..2 | ForEach-Object { Update-MarkdownCommandHelp -Path $Page -NoBackup }
    $text = [IO.File]::ReadAllText($Page).Replace("`r`n", "`n")
    $text = $text -replace '(?m)^ms\.date: .*\n' -replace '(?m)^## (ALIASES|NOTES)\n\n(?=## )'
    $text = $text -replace '(?m)^(Prompts you for confirmation before running the cmdlet|Runs the command in a mode that only reports what would happen without performing the actions)\.\n'
    [IO.File]::WriteAllText($Page, $text.TrimEnd("`n") + "`n")
}

# Help shows text as it is: list items apart, no marks of markdown, and lines that fit a narrow console, for the engine
# breaks longer ones within words.
function Get-Paragraph([string] $Markdown) {
    $plain = $Markdown.Trim() -replace '\[([^\]]+)\]\([^)]+\)', '$1' -replace '`([^`]+)`', '$1'
    foreach ($part in $plain -split '\n\s*\n' -split '\n(?=- )') {
        ($part -replace '\s*\n\s*', ' ' -replace '(.{1,70})( |$)', "`$1`n").TrimEnd("`n")
    }
}

function Add-Element($Parent, [string] $Name, [string] $Text) {
    $element = $Parent.AppendChild($Parent.OwnerDocument.CreateElement($Name, $namespaces[$Name.Split(':')[0]]))
    if ($Text) { $element.InnerText = $Text }
    $element
}

function Write-Text($Element, [string] $Markdown) {
    $Element.RemoveAll()
    Get-Paragraph $Markdown | ForEach-Object { $null = Add-Element $Element -Name maml:para -Text $_ }
}

# PlatyPS writes an example as one text with its fences. Get-Help wants the code and the remarks apart.
function Write-Example($Element, $Example) {
    if ($Example.Remarks -notmatch '(?s)^\s*```powershell\n(?<code>.*?)\n```\s*(?<remarks>.+)$') {
        throw "$($Example.Title): expected a block of PowerShell and a text."
    }
    $code, $remarks = $Matches.code, $Matches.remarks
    $Element.SelectNodes('*[position() > 1]') | ForEach-Object { $null = $Element.RemoveChild($_) }
    $Element.SelectSingleNode('*').InnerText = "------- $($Example.Title) -------"
    $null = Add-Element $Element -Name dev:code -Text $code
    Write-Text (Add-Element $Element -Name dev:remarks) $remarks
    # The line between one example and the next.
    $null = Add-Element $Element.LastChild -Name maml:para
}

function Edit-Command($Element, $Help, $Names) {
    # On one line: lists of commands show it in a column.
    $Element.SelectSingleNode('command:details/maml:description/maml:para', $Names).InnerText = $Help.Synopsis.Trim()
    Write-Text $Element.SelectSingleNode('maml:description', $Names) $Help.Description
    foreach ($parameter in $Element.SelectNodes('.//command:parameter', $Names)) {
        $known = $Help.Parameters | Where-Object Name -EQ $parameter.SelectSingleNode('maml:name', $Names).InnerText
        Write-Text $parameter.SelectSingleNode('maml:description', $Names) $known.Description
        if ($known.DefaultValue) { $null = Add-Element $parameter -Name dev:defaultValue -Text $known.DefaultValue }
    }
    $examples = $Element.SelectNodes('command:examples/command:example', $Names)
    for ($i = 0; $i -lt $examples.Count; $i++) { Write-Example $examples[$i] $Help.Examples[$i] }
    # A link is the name of another topic: the page it has in docs is no address for Get-Help.
    $Element.SelectNodes('.//maml:uri', $Names) | ForEach-Object { $_.InnerText = '' }
    $Element.SelectNodes('maml:alertSet | .//maml:navigationLink[maml:linkText = "Online Version"]', $Names) | ForEach-Object { $null = $_.ParentNode.RemoveChild($_) }
}

# The assembly itself, not the module: beside that lies the help file of the last time, which PlatyPS would mix in.
Remove-Module KohaPatron -ErrorAction Ignore
Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', 'out', 'KohaPatron', 'net8.0', 'KohaPatron.PowerShell.dll'))
$pages.FullName | ForEach-Object { $null = Sync-Page $_ }
$help = $pages.FullName | ForEach-Object { Import-MarkdownCommandHelp $_ }

$folder = [IO.Directory]::CreateTempSubdirectory().FullName
try {
    $made = ($help | Export-MamlCommandHelp -OutputFolder $folder).FullName
    $document = [xml]::new()
    $document.Load($made)
}
finally {
    [IO.Directory]::Delete($folder, $true)
}

$names = [Xml.XmlNamespaceManager]::new($document.NameTable)
$namespaces.GetEnumerator() | ForEach-Object { $names.AddNamespace($_.Key, $_.Value) }
foreach ($element in $document.SelectNodes('//command:command', $names)) {
    $name = $element.SelectSingleNode('command:details/command:name', $names).InnerText
    Edit-Command $element -Help ($help | Where-Object Title -EQ $name) -Names $names
}

$null = [IO.Directory]::CreateDirectory($OutputFolder)
$settings = [Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [Text.UTF8Encoding]::new($false) }
$writer = [Xml.XmlWriter]::Create([IO.Path]::Combine($OutputFolder, [IO.Path]::GetFileName($made)), $settings)
$document.Save($writer)
$writer.Dispose()
