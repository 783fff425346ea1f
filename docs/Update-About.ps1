<#
.SYNOPSIS
Makes the module's about_ topics of the pages in docs/about: text as Get-Help shows it, in lines that fit a narrow console.
.DESCRIPTION
A page is written in a few forms of markdown: headings, terms (###) with a text and a list of "- Label: text", paragraphs,
numbered lists, and fenced blocks. A test holds the topics to the pages.
#>
param([string] $OutputFolder = (Join-Path (Split-Path $PSScriptRoot) module/en-US))

$ErrorActionPreference = 'Stop'
$width = 79

# Lines of at most the width, after an indentation; those after the first may stand further in.
function Get-Line([string] $Text, [int] $Indent, [int] $Hanging = 0) {
    $line = ' ' * $Indent
    $empty = $true
    foreach ($word in $Text -split '\s+') {
        if (-not $empty -and $line.Length + 1 + $word.Length -gt $width) {
            $line
            $line = ' ' * ($Indent + $Hanging)
            $empty = $true
        }
        $line += if ($empty) { $word } else { " $word" }
        $empty = $false
    }
    $line
}

# "Cause: ..." and its like, one below the other.
function Get-LabelledLine([string[]] $Item) {
    $column = 2 + ($Item | ForEach-Object { $_.IndexOf(':') } | Measure-Object -Maximum).Maximum
    foreach ($each in $Item) {
        $label, $text = $each -split ':\s+', 2
        $lines = @(Get-Line $text (8 + $column))
        "        $label`:".PadRight(8 + $column) + $lines[0].TrimStart()
        $lines | Select-Object -Skip 1
    }
}

function ConvertTo-Topic([string] $Markdown) {
    $indent = 4
    $gap = $false
    # A fenced block is one, with its empty lines.
    foreach ($block in [regex]::Matches($Markdown.Replace("`r", ''), '(?sm)^```\w*\n(?<code>.*?)\n```$|^(?=\S)(?<text>.+?)(?=\n\n|\n*\z)')) {
        $text = $block.Groups['text'].Value -replace '`'
        $items = $text -split '\n' -replace '^- '
        $isLabelled = $text -match '^- ' -and $indent -eq 8
        if ($gap -and -not $isLabelled) { '' }
        $gap = $text -notmatch '^#'
        switch -Regex ($text) {
            '^$' { $block.Groups['code'].Value -split '\n' | ForEach-Object { "        $_".TrimEnd() } }
            '^# ' { 'TOPIC', "    $($text.Substring(2))", '', 'SHORT DESCRIPTION' }
            '^## ' { $indent = 4; [regex]::Replace($text.Substring(3), '^[^(]+', { "$args".ToUpperInvariant() }) }
            '^### ' { $indent = 8; "    $($text.Substring(4))" }
            '^- ' { if ($isLabelled) { Get-LabelledLine $items } else { $items | ForEach-Object { "    $_" } } }
            '^\d+\. ' { $items | ForEach-Object { Get-Line $_ 4 3 } }
            '^(?!#+ |- |\d+\. |$)' { Get-Line $text $indent }
        }
    }
}

foreach ($page in Get-ChildItem (Join-Path $PSScriptRoot about) -Filter *.md) {
    $topic = ((ConvertTo-Topic ([IO.File]::ReadAllText($page.FullName))) -join "`n") + "`n"
    [IO.File]::WriteAllText((Join-Path (Resolve-Path $OutputFolder) "$($page.BaseName).help.txt"), $topic)
}
