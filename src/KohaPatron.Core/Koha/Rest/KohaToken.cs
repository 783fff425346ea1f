using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>The token of a key: fetched when needed, renewed before it ends, and thrown away when Koha no longer takes it.</summary>
internal sealed class KohaToken(KohaEndpoint endpoint, TimeProvider time, Func<HttpRequestMessage, CancellationToken, Task<KohaAnswer>> send) : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private string? _token;
    private DateTimeOffset _renewAt;

    public async Task<AuthenticationHeaderValue> HeaderAsync(CancellationToken cancel)
    {
        if (endpoint.SignIn == KohaSignIn.Basic)
            return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{endpoint.User}:{endpoint.Secret}")));
        await _one.WaitAsync(cancel);
        try
        {
            if (_token is null || time.GetUtcNow() >= _renewAt)
                await FetchAsync(cancel);
            return new AuthenticationHeaderValue("Bearer", _token);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Forgets a token that Koha did not take; false where there is none to renew, or another request renewed it already.</summary>
    public bool Forget(AuthenticationHeaderValue used)
    {
        if (endpoint.SignIn == KohaSignIn.Basic)
            return false;
        if (used.Parameter == _token)
            _token = null;
        return true;
    }

    public void Dispose() => _one.Dispose();

    private async Task FetchAsync(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.ApiRoot + "/oauth/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = endpoint.User,
                ["client_secret"] = endpoint.Secret,
            }),
        };
        var answer = await send(request, cancel);
        if (answer.Status == 400)
            throw new KohaPatronException(KohaRestNotices.SignInSwitchedOff(endpoint.ApiRoot, answer.Error));
        if (answer.Status is 401 or 403)
            throw new KohaPatronException(KohaRestNotices.WrongCredential(endpoint.ApiRoot, answer.Error));
        if (!answer.IsSuccess)
            throw new KohaPatronException(answer.Status == 404 ? KohaRestNotices.NotKoha(endpoint.ApiRoot, 404, "\"not found\"") : KohaRestNotices.Refused(answer.Status, answer.Error));
        if (answer.Json is not { ValueKind: JsonValueKind.Object } json || KohaAnswer.Text(json, "access_token") is not { Length: > 0 } token || token.Any(char.IsControl))
            throw new KohaPatronException(KohaRestNotices.NotKoha(endpoint.ApiRoot, answer.Status, "JSON without a token"));
        _token = token;
        var seconds = json.TryGetProperty("expires_in", out var lifetime) && lifetime.ValueKind == JsonValueKind.Number && lifetime.TryGetInt32(out var told) ? told : 3600;
        var life = TimeSpan.FromSeconds(seconds);
        // A minute before its end, or half its life where it lives no longer than that.
        _renewAt = time.GetUtcNow() + (life > Early + Early ? life - Early : TimeSpan.FromTicks(life.Ticks / 2));
    }
}
