# Keeps the id and secret of a Koha API key in a file that nightly-cards.ps1 reads. Run it as the account that will run the job.
# On Windows the secret is encrypted for this account on this machine. Elsewhere it is only hidden by the file's
# permissions, which are the owner's alone: use SecretManagement there if the machine is shared.
[CmdletBinding(SupportsShouldProcess)]
param([Parameter(Mandatory)] [string] $Path)

$ErrorActionPreference = 'Stop'
$full = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
if (-not $PSCmdlet.ShouldProcess($full, 'Keep a key of Koha')) {
    return
}

# Straight from the console, so that it works in koha-patron too, which has no prompt of its own.
[Console]::Error.Write('Client id: ')
$id = [Console]::In.ReadLine()
[Console]::Error.Write('Secret:    ')
$secret = [Security.SecureString]::new()
if ([Console]::IsInputRedirected) {
    foreach ($letter in "$([Console]::In.ReadLine())".ToCharArray()) {
        $secret.AppendChar($letter)
    }
}
else {
    while (($key = [Console]::ReadKey($true)).Key -ne 'Enter') {
        if ($key.Key -eq 'Backspace') {
            if ($secret.Length) { $secret.RemoveAt($secret.Length - 1) }
        }
        elseif ($key.KeyChar -ge ' ') {
            # Arrows and function keys are no letters.
            $secret.AppendChar($key.KeyChar)
        }
    }
    [Console]::Error.WriteLine()
}

if (-not $id -or -not $secret.Length) {
    throw 'A key has a client id and a secret. Nothing was kept.'
}

[IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($full)) | Out-Null
# Made empty and closed to others first: the secret never lies in a file that somebody else could open.
[IO.File]::WriteAllText($full, '')
if ($PSVersionTable.Platform -eq 'Unix') {
    [IO.File]::SetUnixFileMode($full, 'UserRead, UserWrite')
}
[IO.File]::WriteAllText($full, [Management.Automation.PSSerializer]::Serialize([pscredential]::new($id, $secret)))
