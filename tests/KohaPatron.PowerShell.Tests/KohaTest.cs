using System.Management.Automation;
using System.Security;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.PowerShell.Tests;

/// <summary>What a test with a Koha starts from.</summary>
public abstract class KohaTest : ModuleTest
{
    /// <summary>Runs a script that knows the API's address as $root and a key as $credential.</summary>
    protected Outcome Run(FakeKoha koha, string script, string client = "editor", string? secret = null) =>
        Run(script, ("root", koha.ApiRoot.ToString()), ("credential", Credential($"client-{client}", secret ?? $"secret-{client}")));

    /// <summary>Gives a key these permissions and no others.</summary>
    protected static void Grant(FakeKoha koha, string permissions, string client = "editor")
    {
        var index = koha.State.Clients.FindIndex(each => each.Id == $"client-{client}");
        koha.State.Clients[index] = koha.State.Clients[index] with { Permissions = new Permissions(permissions) };
    }

    internal static PSCredential Credential(string user, string secret)
    {
        var secure = new SecureString();
        foreach (var letter in secret)
            secure.AppendChar(letter);
        return new(user, secure);
    }
}
