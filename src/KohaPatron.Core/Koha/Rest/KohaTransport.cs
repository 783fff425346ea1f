using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>The connection below HTTP: how it is made, and in words why there is none.</summary>
internal sealed class KohaTransport(Uri root)
{
    /// <summary>What was wrong with the last certificate that was shown; null: none was shown, or nothing was wrong.</summary>
    private string? _certificateFault;

    public HttpClientHandler Handler()
    {
        // A redirect leads to a login page, never to Koha's API. What runs on this machine is not behind its proxy.
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !root.IsLoopback,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        };
#pragma warning disable MA0039 // It refuses what the machine refuses, no more and no less, and notes why.
        if (root.Scheme == "https")
            handler.ServerCertificateCustomValidationCallback = (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors);
#pragma warning restore MA0039
        return handler;
    }

    public Notice InWords(HttpRequestException e)
    {
        for (Exception? inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is AuthenticationException && _certificateFault is { } fault)
                return KohaRestNotices.CertificateRefused(root, fault, e);
            // Windows PowerShell says the latter.
            if (inner is AuthenticationException or WebException { Status: WebExceptionStatus.SecureChannelFailure })
                return KohaRestNotices.NoEncryption(root, e);
            if (inner is SocketException { SocketErrorCode: not (SocketError.ConnectionReset or SocketError.ConnectionAborted) })
                return KohaRestNotices.Unreachable(root, e);
        }

        return KohaRestNotices.Broken(root, e);
    }

    /// <summary>The machine's own verdict; only its reason is kept.</summary>
    private bool IsTrusted(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        _certificateFault = errors == SslPolicyErrors.None ? null : Fault(certificate, chain, errors);
        return errors == SslPolicyErrors.None;
    }

    private static string Fault(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "it shows none";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"it is made out to {certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)}";
        var states = chain?.ChainStatus.Select(status => status.Status).ToList() ?? [];
        return states.Contains(X509ChainStatusFlags.NotTimeValid)
            ? $"it is valid from {certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd}"
            : "who issued it is not trusted here";
    }
}
