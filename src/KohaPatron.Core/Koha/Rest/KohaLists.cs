using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>Codes that this Koha has.</summary>
/// <param name="All">The codes; null where Koha does not tell them.</param>
/// <param name="NotChecked">Why it does not.</param>
internal sealed record KohaCodeList(IReadOnlyCollection<string>? All, Notice? NotChecked = null);

/// <summary>The codes that this Koha has: of libraries, patron categories and authorised values. What the key may not read is no error.</summary>
internal sealed class KohaLists(KohaConnection connection)
{
    /// <summary>The codes of the libraries (<c>GET /libraries</c>).</summary>
    public Task<KohaCodeList> LibrariesAsync(CancellationToken cancel) => FindAsync("/libraries", "library_id", "libraries", null, cancel);

    /// <summary>The codes of the patron categories (<c>GET /patron_categories</c>), which older releases do not tell.</summary>
    public Task<KohaCodeList> PatronCategoriesAsync(CancellationToken cancel) =>
        FindAsync("/patron_categories", "patron_category_id", "patron categories", KohaRestNotices.NoCategories(connection.ApiRoot), cancel);

    /// <summary>The values of a category (<c>GET /authorised_value_categories/{category}/authorised_values</c>).</summary>
    /// <param name="category">The authorised value category.</param>
    /// <param name="table">What the values are the codes of, in words.</param>
    /// <param name="cancel">Stops the request.</param>
    public Task<KohaCodeList> AuthorisedValuesAsync(string category, string table, CancellationToken cancel) =>
        FindAsync($"/authorised_value_categories/{Uri.EscapeDataString(category)}/authorised_values", "value", $"codes of {table}", KohaRestNotices.NoAuthorisedValues(connection.ApiRoot, category, table), cancel);

    private async Task<KohaCodeList> FindAsync(string path, string name, string what, Notice? absent, CancellationToken cancel)
    {
        var answer = await connection.Http.SendAsync(new KohaRequest(HttpMethod.Get, $"{path}?_per_page=-1"), cancel);
        return answer switch
        {
            { Status: 404 } when absent is not null => new(null, absent),
            { Status: 403 } => new(null, KohaRestNotices.ListNotReadable(connection.ApiRoot, what, answer.RequiredPermissions)),
            { IsSuccess: true } => new([.. connection.Http.Rows(answer).Select(row => KohaAnswer.Text(row, name)).OfType<string>()]),
            _ => throw new KohaPatronException(connection.Http.Refusal(answer)),
        };
    }
}
