using System.Globalization;

namespace KohaPatron.Fakes.Koha;

/// <summary>Which route a call takes.</summary>
internal sealed class Router(KohaState state, FakeKohaOptions options)
{
    private readonly PatronRoutes _patrons = new(state, options);
    private readonly AttributeRoutes _attributes = new(state);
    private readonly ListRoutes _lists = new(state, options);

    public Answer Route(Call call)
    {
        var parts = call.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (call.Method, parts) switch
        {
            ("GET", [_, _, "patrons"]) => _patrons.List(call),
            ("POST", [_, _, "patrons"]) => _patrons.Post(call),
            (_, [_, _, "patrons", var id, ..]) when !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var _) => Answer.Invalid(("Expected integer - got string.", "/patron_id")),
            ("GET", [_, _, "patrons", var id]) => _patrons.Get(call, Number(id)),
            ("PUT", [_, _, "patrons", var id]) => _patrons.Put(call, Number(id)),
            ("DELETE", [_, _, "patrons", var id]) => _patrons.Delete(call, Number(id)),
            ("GET", [_, _, "patrons", var id, KohaState.Attributes]) => _attributes.List(call, Number(id)),
            ("POST", [_, _, "patrons", var id, KohaState.Attributes]) => _attributes.Post(call, Number(id)),
            ("PUT", [_, _, "patrons", var id, KohaState.Attributes]) => _attributes.Put(call, Number(id)),
            ("PATCH", [_, _, "patrons", var id, KohaState.Attributes, var attribute]) => _attributes.Patch(call, Number(id), Number(attribute)),
            ("DELETE", [_, _, "patrons", var id, KohaState.Attributes, var attribute]) => _attributes.Delete(call, Number(id), Number(attribute)),
            ("GET", [_, _, "libraries"]) => _lists.Libraries(call),
            ("GET", [_, _, "libraries", var id]) => _lists.Library(id),
            ("GET", [_, _, "patron_categories"]) => _lists.PatronCategories(call),
            ("GET", [_, _, "authorised_value_categories", var category, "authorised_values"]) => _lists.AuthorisedValues(call, category),
            _ => Answer.Error(404, "Not Found"),
        };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
