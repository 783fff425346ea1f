using System.Text.Json;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>The codes that this Koha has: of libraries, patron categories and authorised values.</summary>
internal sealed class KohaLists(KohaHttp http)
{
    /// <summary>The codes of the libraries (<c>GET /libraries</c>).</summary>
    public async Task<IReadOnlyCollection<string>> LibrariesAsync(CancellationToken cancel) =>
        Codes(await http.RequireAsync(All("/libraries"), cancel), "library_id");

    /// <summary>The codes of the patron categories (<c>GET /patron_categories</c>); null in releases that do not tell.</summary>
    public Task<IReadOnlyCollection<string>?> PatronCategoriesAsync(CancellationToken cancel) => FindAsync("/patron_categories", "patron_category_id", cancel);

    /// <summary>The values of a category (<c>GET /authorised_value_categories/{category}/authorised_values</c>); null where there is no such category.</summary>
    public Task<IReadOnlyCollection<string>?> AuthorisedValuesAsync(string category, CancellationToken cancel) =>
        FindAsync($"/authorised_value_categories/{Uri.EscapeDataString(category)}/authorised_values", "value", cancel);

    private async Task<IReadOnlyCollection<string>?> FindAsync(string path, string name, CancellationToken cancel)
    {
        var answer = await http.SendAsync(All(path), cancel);
        if (answer.Status == 404)
            return null;
        return answer.IsSuccess ? Codes(answer, name) : throw new KohaPatronException(http.Refusal(answer));
    }

    private static KohaRequest All(string path) => new(HttpMethod.Get, $"{path}?_per_page=-1");

    private static IReadOnlyCollection<string> Codes(KohaAnswer answer, string name) => answer.Json is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(each => each.TryGetProperty(name, out var code) ? code.GetString() : null).OfType<string>()]
        : [];
}
