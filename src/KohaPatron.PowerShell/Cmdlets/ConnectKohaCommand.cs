using System.Management.Automation;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Pipeline;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Connects to Koha's REST API and proves that patrons can be read (GET /patrons). Warns where the key may not change them,
/// which needs the whole borrowers permission.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "Koha")]
[OutputType(typeof(KohaConnection))]
public sealed class ConnectKohaCommand : KohaPatronCmdlet
{
    /// <summary>The address of the API, as https://library.example.edu/api/v1.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Uri", "Url")]
    [ValidateNotNullOrEmpty]
    public string ApiRoot { get; set; } = string.Empty;

    /// <summary>The key's id and secret (OAuth2 client credentials), or with -Basic a user and password.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Signs in with user and password instead of a key; only where Koha's preference RESTBasicAuth is on.</summary>
    [Parameter]
    public SwitchParameter Basic { get; set; }

    /// <summary>What to call the connection; the host's name when left out, with port and path where another Koha has that name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Allows http:// to another machine.</summary>
    [Parameter]
    public SwitchParameter AllowInsecure { get; set; }

    /// <summary>How many requests may be under way at once.</summary>
    [Parameter]
    [ValidateRange(1, 32)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>How many seconds an answer may take.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>Gives the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process()
    {
        var root = KohaEndpoint.CheckedRoot(ApiRoot, AllowInsecure);
        var login = Credential!.GetNetworkCredential();
        var endpoint = new KohaEndpoint(
            root,
            Basic ? KohaSignIn.Basic : KohaSignIn.ClientCredentials,
            Credential.UserName,
            login.Password,
            UserAgent.Value,
            ThrottleLimit,
            TimeSpan.FromSeconds(TimeoutSec));
        var name = Name ?? Connections.Mine.NameFor(root);
        KohaConnection? connection = null;
        PipelineQueue.Run(
            async (queue, cancel) => connection = await KohaConnection.OpenAsync(name, endpoint, notice => queue.Post(() => Tell(notice)), cancel),
            Cancel);
        Connections.Mine.Add(connection!);
        if (PassThru)
            WriteObject(connection);
    }
}
