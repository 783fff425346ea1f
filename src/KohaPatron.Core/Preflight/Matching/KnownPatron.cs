namespace KohaPatron.Core.Preflight.Matching;

/// <summary>A patron in Koha, as far as an import could collide with it.</summary>
/// <param name="PatronId">The number of the patron (borrowernumber).</param>
/// <param name="UserId">The patron's userid.</param>
/// <param name="CardNumber">The patron's cardnumber.</param>
/// <param name="Values">Other values by Koha's column names; those left out count as unknown.</param>
/// <param name="Attributes">The patron's attributes: type and value; null: unknown.</param>
internal sealed record KnownPatron(
    long PatronId,
    string? UserId,
    string? CardNumber,
    IReadOnlyDictionary<string, string>? Values = null,
    IReadOnlyList<KeyValuePair<string, string>>? Attributes = null);
