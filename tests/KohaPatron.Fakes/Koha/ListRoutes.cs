using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>/libraries, /authorised_value_categories, and in newer releases /patron_categories.</summary>
internal sealed class ListRoutes(KohaState state, FakeKohaOptions options)
{
    public Answer Libraries(Call call) => Page(call, state.Libraries);

    public Answer Library(string id) => state.Libraries.FirstOrDefault(library => (string)library["library_id"]! == id) is { } library
        ? new Answer(200, library.DeepClone())
        : Answer.Error(404, "Library not found");

    public Answer AuthorisedValues(Call call, string category) => state.AuthorisedValues.TryGetValue(category, out var values)
        ? Page(call, [.. values.Select(value => value!.AsObject())], ("authorised_value_category_name", category))
        : Answer.Error(404, "Category not found");

    public Answer PatronCategories(Call call) => options.IsNew
        ? Page(call, [.. state.Categories.Select(category => new JsonObject { ["patron_category_id"] = category, ["name"] = category })])
        : Answer.Error(404, "Not Found");

    private static Answer Page(Call call, IReadOnlyList<JsonObject> all, params (string Name, string Value)[] more)
    {
        var parameters = new SortedDictionary<string, string>(call.Query.ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, value) in more)
            parameters[name] = value;
        var paging = new Paging(call.Root, call.Path, parameters);
        return paging.Head(new Answer(200, new JsonArray([.. paging.Cut(all).Select(each => each.DeepClone())])), all.Count, all.Count);
    }
}
