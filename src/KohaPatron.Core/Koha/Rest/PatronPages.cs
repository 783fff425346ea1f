using System.Globalization;
using System.Text.Json;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>
/// All patrons of a category, page by page: one answer with thousands takes Koha longer than a proxy waits. The pages are
/// checked against Koha's own count, for who is missing in a list must not be taken for gone.
/// </summary>
internal sealed class PatronPages(KohaHttp http, int pageSize = PatronPages.DefaultPageSize)
{
    public const int DefaultPageSize = 200;

    /// <summary>The patrons, with their attributes, by their numbers.</summary>
    /// <exception cref="Notices.KohaPatronException">Koha refuses, the list is not whole, or it changed while it was read.</exception>
    public async Task<IReadOnlyList<JsonElement>> FetchAsync(string categoryId, CancellationToken cancel)
    {
        var (total, first) = await PageAsync(categoryId, 1, cancel);
        var others = await Task.WhenAll(Enumerable.Range(2, Math.Max(0, Pages(total) - 1)).Select(page => PageAsync(categoryId, page, cancel)));
        if (others.Any(page => page.Total != total))
            throw http.ListMoved();
        IReadOnlyList<JsonElement> all = [.. first, .. others.SelectMany(page => page.Rows)];
        if (all.Count != total)
            throw http.ListIncomplete(all.Count, total);
        // Whoever comes or goes in front moves the others from page to page.
        return all.Select(Patron.IdOf).Distinct().Count() == total ? all : throw http.ListMoved();
    }

    private int Pages(int total) => (total + pageSize - 1) / pageSize;

    private async Task<(int Total, IReadOnlyList<JsonElement> Rows)> PageAsync(string categoryId, int page, CancellationToken cancel)
    {
        // Bare patron_id would be ambiguous beside the attributes.
        var path = $"/patrons?category_id={Uri.EscapeDataString(categoryId)}&_match=exact&_order_by=%2Bme.patron_id&_per_page={Text(pageSize)}&_page={Text(page)}";
        var answer = await http.RequireAsync(new KohaRequest(HttpMethod.Get, path, EmbedsAttributes: true), cancel);
        var rows = http.Page(answer, out var total);
        return rows.All(row => IsOf(categoryId, http.Readable(row))) ? (total, rows) : throw http.NoPatron();
    }

    private static bool IsOf(string categoryId, JsonElement row) =>
        KohaAnswer.Text(row, "category_id") is { } category && CollationKey.Of(category) == CollationKey.Of(categoryId);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
