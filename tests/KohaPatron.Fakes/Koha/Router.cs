using System.Globalization;

namespace KohaPatron.Fakes.Koha;

/// <summary>Which route a call takes.</summary>
internal sealed class Router(KohaState state, FakeKohaOptions options)
{
    private readonly PatronRoutes _patrons = new(state, options);
    private readonly PatronListRoute _list = new(state, options);
    private readonly AttributeRoutes _attributes = new(state, options);
    private readonly ListRoutes _lists = new(state, options);

    public Answer Route(Call call)
    {
        // The token of a patron who is gone.
        if (state.Find(call.Client.PatronId) is null)
            return Answer.Broken(options.Version);
        try
        {
            return Answered(call);
        }
        catch (RefusedException refused)
        {
            return refused.Answer;
        }
        catch (BrokenException)
        {
            return Answer.Broken(options.Version);
        }
    }

    private Answer Answered(Call call)
    {
        var parts = call.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (call.Method, parts) switch
        {
            ("GET", [_, _, "patrons"]) => _list.List(call),
            ("POST", [_, _, "patrons"]) => _patrons.Post(call),
            (_, [_, _, "patrons", var id, ..]) when !IsNumber(id) => Answer.Invalid(("Expected integer - got string.", "/patron_id")),
            (_, [_, _, "patrons", _, KohaState.Attributes, var id, ..]) when !IsNumber(id) => Answer.Invalid(("Expected integer - got string.", "/extended_attribute_id")),
            ("GET", [_, _, "patrons", var id]) => _patrons.Get(call, Number(id)),
            ("PUT", [_, _, "patrons", var id]) => _patrons.Put(call, Number(id)),
            ("DELETE", [_, _, "patrons", var id]) => _patrons.Delete(call, Number(id)),
            ("GET", [_, _, "patrons", var id, "holds"]) when options.Version == KohaVersion.V2506 => _patrons.Holds(call, Number(id)),
            ("GET", [_, _, "holds"]) => _patrons.Holds(call, Number(call.SortedQuery["patron_id"])),
            ("GET", [_, _, "patrons", var id, KohaState.Attributes]) => _attributes.List(call, Number(id)),
            ("POST", [_, _, "patrons", var id, KohaState.Attributes]) => _attributes.Post(call, Number(id)),
            ("PUT", [_, _, "patrons", var id, KohaState.Attributes]) => _attributes.Put(call, Number(id)),
            ("PATCH", [_, _, "patrons", var id, KohaState.Attributes, var attribute]) => _attributes.Patch(call, Number(id), Number(attribute)),
            ("DELETE", [_, _, "patrons", var id, KohaState.Attributes, var attribute]) => _attributes.Delete(call, Number(id), Number(attribute)),
            ("GET", [_, _, "libraries"]) => _lists.Libraries(call),
            ("GET", [_, _, "libraries", var id]) => _lists.Library(call, id),
            ("GET", [_, _, "patron_categories"]) => _lists.PatronCategories(call),
            ("GET", [_, _, "authorised_value_categories", var category, "authorised_values"]) => _lists.AuthorisedValues(call, category),
            _ => Answer.Error(404, "Not Found"),
        };
    }

    private static bool IsNumber(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
