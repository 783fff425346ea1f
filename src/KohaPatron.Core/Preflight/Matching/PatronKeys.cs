namespace KohaPatron.Core.Preflight.Matching;

/// <summary>What a row could be known by in Koha.</summary>
/// <param name="UserId">The row's userid, as written; blank: none.</param>
/// <param name="CardNumber">The row's cardnumber, as written; blank: none.</param>
/// <param name="Attributes">The row's attributes: type and value.</param>
internal sealed record PatronKeys(string UserId, string CardNumber, IReadOnlyList<KeyValuePair<string, string>> Attributes);
