namespace KohaPatron.Fakes.Koha;

/// <summary>The system preferences that change what the API answers.</summary>
public sealed class Preferences
{
    /// <summary>autoMemberNum: a new patron without a card gets the next number.</summary>
    public bool NumbersCards { get; set; }

    /// <summary>AnonymousPatron: whom checkouts are given to when they are made anonymous.</summary>
    public int? AnonymousPatron { get; set; }

    /// <summary>RESTOAuth2ClientCredentials: whether there are tokens at all.</summary>
    public bool IssuesTokens { get; set; } = true;
}
