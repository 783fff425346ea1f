namespace KohaPatron.Fakes.Koha;

/// <summary>What kind of Koha is stood in for.</summary>
public sealed record FakeKohaOptions
{
    /// <summary>The port on 127.0.0.1; 0: any free one.</summary>
    public int Port { get; init; }

    /// <summary>The start state; null: the one that the contract was recorded from.</summary>
    public string? SeedPath { get; init; }

    /// <summary>Whether it behaves as releases from 24.05 on: preferred_name, expired, 204 for a PUT without change, refused look-alikes.</summary>
    public bool IsNew { get; init; }

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
