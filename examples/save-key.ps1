# Keeps the id and secret of a Koha API key in a file that nightly-cards.ps1 reads. Run it as the account that will run the job;
# it asks for the client id as the user name, and for the secret as the password.
# On Windows the secret is encrypted for this account on this machine. Elsewhere it is only hidden by the file's
# permissions, which are the owner's alone: use SecretManagement there if the machine is shared.
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)] [string] $Path,
    [pscredential] $Credential
)

$ErrorActionPreference = 'Stop'
if (-not $PSCmdlet.ShouldProcess($Path, 'Keep a key of Koha')) {
    return
}

if (-not $Credential) {
    $Credential = Get-Credential -Message 'The client id (as the user name) and the secret of a Koha API key'
}
if (-not $Credential -or -not $Credential.Password.Length) {
    throw 'A key has a client id and a secret. Nothing was kept.'
}

# Made empty and closed to others first: the secret never lies in a file that somebody else could open.
$file = New-Item $Path -ItemType File -Force
if ($IsLinux -or $IsMacOS) {
    chmod 600 $file.FullName
}
$Credential | Export-Clixml -LiteralPath $file.FullName
