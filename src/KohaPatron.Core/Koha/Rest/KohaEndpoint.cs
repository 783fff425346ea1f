namespace KohaPatron.Core.Koha.Rest;

/// <summary>How the API is asked in.</summary>
internal enum KohaSignIn
{
    /// <summary>OAuth2 client credentials: a key's id and secret.</summary>
    ClientCredentials,

    /// <summary>HTTP Basic: a user and password; only where the preference RESTBasicAuth is on.</summary>
    Basic,
}

/// <summary>Where a Koha is, and how to behave towards it.</summary>
/// <param name="ApiRoot">The address up to /api/v1, without a slash at the end.</param>
/// <param name="SignIn">How the API is asked in.</param>
/// <param name="User">The key's id, or the user.</param>
/// <param name="Secret">The key's secret, or the password.</param>
/// <param name="UserAgent">What the client calls itself.</param>
/// <param name="ThrottleLimit">How many requests may be under way at once.</param>
/// <param name="Timeout">How long an answer may take.</param>
internal sealed record KohaEndpoint(Uri ApiRoot, KohaSignIn SignIn, string User, string Secret, string UserAgent, int ThrottleLimit, TimeSpan Timeout)
{
    /// <summary>Checks an address as it was typed: https, or http to this machine or where it is allowed.</summary>
    /// <exception cref="Notices.KohaPatronException">The address is not one, or not safe.</exception>
    public static Uri CheckedRoot(string typed, bool allowInsecure)
    {
        if (!Uri.TryCreate(typed.TrimEnd('/'), UriKind.Absolute, out var root) || root.Scheme is not ("http" or "https"))
            throw new Notices.KohaPatronException(KohaRestNotices.BadRoot(typed));
        // What stands in front of an @ is a secret, and what follows ? or # is no part of an address that paths are added to.
        if (root.UserInfo.Length > 0 || root.Query.Length > 0 || root.Fragment.Length > 0)
            throw new Notices.KohaPatronException(KohaRestNotices.MoreThanRoot(root));
        if (root.Scheme == "http" && !root.IsLoopback && !allowInsecure)
            throw new Notices.KohaPatronException(KohaRestNotices.Insecure(root));
        return root;
    }

    // A secret must not get into a log by way of a record's text.
    public override string ToString() => ApiRoot.ToString();
}
