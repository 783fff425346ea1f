using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace KohaPatron.Fakes.Koha;

/// <summary>Gives out tokens and knows whose they are.</summary>
public sealed class TokenDesk(KohaState state, FakeKohaOptions options)
{
    private readonly ConcurrentDictionary<string, (ApiClient Client, DateTimeOffset Until)> _tokens = new(StringComparer.Ordinal);

    /// <summary>How many tokens were given out.</summary>
    public int Issued { get; private set; }

    /// <summary>Makes all tokens worthless at once.</summary>
    public void RevokeAll() => _tokens.Clear();

    /// <summary>POST /oauth/token</summary>
    public Answer Issue(IReadOnlyDictionary<string, string>? form, string? authorization)
    {
        if (form is null || !form.TryGetValue("grant_type", out var grant))
            return Answer.Invalid(("Missing property.", "/grant_type"));
        // A database that is down cannot tell whether there are tokens: the answer is that of a Koha that has none.
        if (grant != "client_credentials" || !state.Preferences.IssuesTokens || state.DatabaseIsDown)
            return Answer.Error(400, "Unimplemented grant type");
        var (id, secret) = Basic(authorization) ?? (form.GetValueOrDefault("client_id"), form.GetValueOrDefault("client_secret"));
        if (state.Clients.Find(each => each.Id == id) is not { } client)
            return Answer.Error(403, "unauthorized_client");
        if (client.Secret != secret)
            return Answer.Error(403, "access_denied");
        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
        _tokens[token] = (client, options.Time.GetUtcNow() + options.TokenLifetime);
        Issued++;
        return new Answer(200, new JsonObject { ["access_token"] = token, ["expires_in"] = (int)options.TokenLifetime.TotalSeconds, ["token_type"] = "Bearer" });
    }

    /// <summary>Whose call it is; null: nobody's. "Bearer" has a capital B.</summary>
    /// <exception cref="RefusedException">A wrong password.</exception>
    public ApiClient? ClientOf(IHeaderDictionary headers)
    {
        var authorization = headers.Authorization.ToString();
        if (authorization.StartsWith("Bearer ", StringComparison.Ordinal))
            return _tokens.TryGetValue(authorization[7..], out var entry) && entry.Until > options.Time.GetUtcNow() ? entry.Client : null;
        if (!options.AllowsBasic || Basic(authorization) is not var (user, password))
            return null;
        // With HTTP Basic the patron's own user id and password are given; the seed's clients stand for them.
        return state.Clients.Find(each => (each.UserId == user || each.Id == user) && each.Secret == password)
            ?? throw new RefusedException(new Answer(403, new JsonObject { ["error"] = "Invalid password", ["required_permissions"] = null }).Bare());
    }

    private static (string?, string?)? Basic(string? authorization)
    {
        if (authorization?.StartsWith("Basic ", StringComparison.Ordinal) != true)
            return null;
        var pair = Encoding.UTF8.GetString(Convert.FromBase64String(authorization[6..])).Split(':', 2);
        return (pair[0], pair.ElementAtOrDefault(1));
    }
}
