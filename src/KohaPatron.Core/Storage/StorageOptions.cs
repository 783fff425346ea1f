using Google.Apis.Http;

namespace KohaPatron.Core.Storage;

/// <summary>How to reach Cloud Storage, and as whom.</summary>
internal sealed record StorageOptions
{
    /// <summary>A file with credentials; null: Google's application-default ones.</summary>
    public string? CredentialPath { get; init; }

    /// <summary>The service account to act as; null: nobody else.</summary>
    public string? Impersonate { get; init; }

    /// <summary>The project that pays for reading a requester-pays bucket.</summary>
    public string? UserProject { get; init; }

    /// <summary>How long nothing may come.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before the first repetition; it doubles from there.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Makes the clients that ask for tokens; null: the library's own.</summary>
    public IHttpClientFactory? TokenClients { get; init; }

    /// <summary>What the client calls itself.</summary>
    public required string UserAgent { get; init; }
}
