namespace KohaPatron.Fakes.Koha;

/// <summary>What kind of Koha is stood in for.</summary>
public sealed record FakeKohaOptions
{
    /// <summary>The port on 127.0.0.1; 0: any free one.</summary>
    public int Port { get; init; }

    /// <summary>The start state; null: the one that the contract was recorded from.</summary>
    public string? SeedPath { get; init; }

    /// <summary>Which release it behaves as.</summary>
    public KohaVersion Version { get; init; } = KohaVersion.V2305;

    /// <summary>Whether there are also keys with single rights (lister, listeditor, deleter, catman) and their patrons 17 to 20.</summary>
    public bool HasNarrowKeys { get; init; }

    /// <summary>Whether calls may use HTTP Basic (preference RESTBasicAuth).</summary>
    public bool AllowsBasic { get; init; } = true;

    /// <summary>Whether it speaks https, with a certificate of its own that nobody trusts.</summary>
    public bool UsesTls { get; init; }

    /// <summary>How long a token lives.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Delay { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
