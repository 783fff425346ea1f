using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>/libraries, /authorised_value_categories, and in newer releases /patron_categories.</summary>
internal sealed class ListRoutes(KohaState state, FakeKohaOptions options)
{
    public Answer Libraries(Call call)
    {
        call.Needs(options.Version.ListsOfTheHouseNeed);
        return Page(call, [.. state.Libraries.Select(Shown)]);
    }

    public Answer Library(Call call, string id)
    {
        call.Needs(options.Version.ListsOfTheHouseNeed);
        return state.Libraries.FirstOrDefault(library => (string)library["library_id"]! == id) is { } library
            ? new Answer(200, Shown(library))
            : Answer.NotFound(options.Version, "Library not found");
    }

    public Answer AuthorisedValues(Call call, string category)
    {
        call.Needs(options.Version.ListsOfTheHouseNeed);
        return state.AuthorisedValues.TryGetValue(category, out var values)
            ? Page(call, [.. values.Select(value => value!.AsObject())], ("authorised_value_category_name", category))
            : Answer.NotFound(options.Version, "Category not found");
    }

    public Answer PatronCategories(Call call)
    {
        if (options.Version.CategoriesNeed is not { } need)
            return Answer.Error(404, "Not Found");
        call.Needs(need);
        var all = state.Categories.OrderBy(category => Collation.Key(category.Id), StringComparer.Ordinal).Select(category => category.ToJson()).ToList();
        // Joined with the libraries that a category is limited to.
        var query = new ListQuery(options.Version, [.. all[0].Select(field => field.Key)]) { AmbiguousField = "patron_category_id" };
        query.ChecksParameters(call);
        return Page(call, [.. query.Order(query.Select(all, call), call)], all.Count);
    }

    private JsonObject Shown(JsonObject library)
    {
        var shown = library.DeepClone().AsObject();
        shown.Remove("illemail");
        shown[options.Version.IllEmailField] = library["illemail"]?.DeepClone();
        return shown;
    }

    private static Answer Page(Call call, IReadOnlyList<JsonObject> all, params (string Name, string Value)[] more) => Page(call, all, all.Count, more);

    private static Answer Page(Call call, IReadOnlyList<JsonObject> found, int total, params (string Name, string Value)[] more)
    {
        var parameters = call.SortedQuery;
        foreach (var (name, value) in more)
            parameters[name] = value;
        var paging = new Paging(call, parameters);
        return paging.Head(new Answer(200, new JsonArray([.. paging.Cut(found).Select(each => each.DeepClone())])), found.Count, total);
    }
}
