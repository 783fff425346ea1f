using System.Net;
using System.Text.Json;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;
using Google.Apis.Http;
using KohaPatron.Core.Http;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Storage;

/// <summary>
/// As whom Cloud Storage is read. The order is Google's (application-default credentials); it is gone through here, since
/// the library keeps the first answer for the whole process and has one error for all that can be wrong.
/// </summary>
internal sealed class StorageCredential(StorageOptions options) : IConfigurableHttpClientInitializer, IHttpExecuteInterceptor, IHttpUnsuccessfulResponseHandler
{
    public const string FileVariable = "GOOGLE_APPLICATION_CREDENTIALS";

    private const string Scope = "https://www.googleapis.com/auth/devstorage.read_only";
    private const string MetadataVariable = "GCE_METADATA_HOST";
    private const string MetadataHeader = "Metadata-Flavor";
    private const string QuotaProjectVariable = "GOOGLE_CLOUD_QUOTA_PROJECT";
    private static readonly TimeSpan MetadataLimit = TimeSpan.FromSeconds(2);

    private ICredential? _credential;

    public void Initialize(ConfigurableHttpClient httpClient)
    {
        httpClient.MessageHandler.AddExecuteInterceptor(this);
        httpClient.MessageHandler.AddUnsuccessfulResponseHandler(this);
    }

    /// <summary>Puts the token on a request.</summary>
    /// <exception cref="KohaPatronException">There are no credentials, or no token is given for them.</exception>
    public Task InterceptAsync(HttpRequestMessage request, CancellationToken cancellationToken) => TokenAsync(
        async () =>
        {
            _credential ??= (await FindAsync(options, cancellationToken)).UnderlyingCredential;
            await ((IHttpExecuteInterceptor)_credential).InterceptAsync(request, cancellationToken);
        },
        cancellationToken);

    /// <summary>Gets a new token where the old one is not taken (401), once, although it should still be good.</summary>
    /// <exception cref="KohaPatronException">No token is given.</exception>
    public async Task<bool> HandleResponseAsync(HandleUnsuccessfulResponseArgs args)
    {
        var isRenewed = false;
        if (args.CurrentFailedTry == 1 && _credential is IHttpUnsuccessfulResponseHandler renewing)
            await TokenAsync(async () => isRenewed = await renewing.HandleResponseAsync(args), args.CancellationToken);
        return isRenewed;
    }

    /// <summary>The credentials that the options and the environment name.</summary>
    private static async Task<GoogleCredential> FindAsync(StorageOptions options, CancellationToken cancel)
    {
        var credential = await SourceAsync(options.CredentialPath, cancel);
        if (options.TokenClients is not null)
            credential = credential.CreateWithHttpClientFactory(options.TokenClients);
        if (Variable(QuotaProjectVariable) is { } project)
            credential = credential.CreateWithQuotaProject(project);
        if (options.Impersonate is { } account)
            credential = credential.Impersonate(new ImpersonatedCredential.Initializer(account) { Scopes = [Scope], HttpClientFactory = options.TokenClients });
        return credential.IsCreateScopedRequired ? credential.CreateScoped(Scope) : credential;
    }

    private static async Task<GoogleCredential> SourceAsync(string? path, CancellationToken cancel)
    {
        if (path is not null)
            return await ReadAsync(path, StorageNotices.CredentialMissing(path, "-CredentialPath or the settings' \"storage\""), cancel);
        if (Variable(FileVariable) is { } named)
            return await ReadAsync(named, StorageNotices.CredentialMissing(named, FileVariable), cancel);
        if (UserFile() is { } own && File.Exists(own))
            return await ReadAsync(own, StorageNotices.CredentialMissing(own, "gcloud"), cancel);
        if (await HasMetadataServerAsync(cancel))
            return GoogleCredential.FromComputeCredential(new ComputeCredential());
        throw new KohaPatronException(StorageNotices.NoCredentials());
    }

    private static async Task<GoogleCredential> ReadAsync(string path, Notice missing, CancellationToken cancel)
    {
        try
        {
            // As text: editors put a byte order mark in front.
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            return await CredentialFactory.FromFileAsync(path, document.RootElement.GetProperty("type").GetString()!, cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new KohaPatronException(e switch
            {
                FileNotFoundException or DirectoryNotFoundException => missing with { Cause = e },
                IOException or UnauthorizedAccessException => StorageNotices.CredentialUnreadable(path, e),
                // The library throws whatever its parsers do; the text may quote the file, and so is not passed on.
                _ => StorageNotices.CredentialBroken(path),
            });
        }
    }

    /// <summary>Where <c>gcloud auth application-default login</c> keeps them.</summary>
    private static string? UserFile()
    {
        var folder = Variable("APPDATA") ?? (Variable("HOME") is { } home ? Path.Combine(home, ".config") : null);
        return folder is null ? null : Path.Combine(folder, "gcloud", "application_default_credentials.json");
    }

    private static async Task<bool> HasMetadataServerAsync(CancellationToken cancel)
    {
        using var http = new HttpClient { Timeout = MetadataLimit };
        http.DefaultRequestHeaders.Add(MetadataHeader, "Google");
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://{Variable(MetadataVariable) ?? "169.254.169.254"}/"), cancel);
            return answer.Headers.TryGetValues(MetadataHeader, out var flavor) && flavor.Contains("Google", StringComparer.Ordinal);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }

    private static async Task TokenAsync(Func<Task> ask, CancellationToken cancel)
    {
        try
        {
            await ask();
        }
        catch (Exception e) when (e is not KohaPatronException && !(e is OperationCanceledException && cancel.IsCancellationRequested))
        {
            throw new KohaPatronException(e switch
            {
                TokenResponseException { StatusCode: { } status } when HttpFaults.IsPassing(status) => StorageNotices.TokenUnreachable($"it answered {(int)status}.", e),
                TokenResponseException refused => StorageNotices.TokenRefused(refused.Error?.Error, refused.Error?.ErrorDescription),
                HttpRequestException or IOException or OperationCanceledException => StorageNotices.TokenUnreachable(HttpFaults.Innermost(e), e),
                _ => StorageNotices.TokenRefused(null, null),
            });
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
