namespace KohaPatron.Core.Koha.Rest;

/// <summary>A request to Koha's API.</summary>
/// <param name="Method">GET, PUT, POST, DELETE.</param>
/// <param name="Path">From the API root on, with the query, escaped.</param>
/// <param name="Json">The body, or null.</param>
/// <param name="EmbedsAttributes">Whether patrons are to come with their extended attributes.</param>
internal sealed record KohaRequest(HttpMethod Method, string Path, string? Json = null, bool EmbedsAttributes = false)
{
    /// <summary>Whether a patron is to be made although another looks alike.</summary>
    public bool ConfirmsNotDuplicate { get; init; }

    /// <summary>Whether it goes by what was read right before, and is not to be sent again when that has grown old.</summary>
    public bool GoesByARead { get; init; }

    /// <summary>Whether sending it twice does no more than sending it once. A PUT would, but what happened in between must be read first.</summary>
    public bool IsSafe => Method == HttpMethod.Get;
}
