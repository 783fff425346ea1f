using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>POST /patrons, and /patrons/{id}</summary>
internal sealed class PatronRoutes(KohaState state, FakeKohaOptions options)
{
    private readonly PatronView _view = new(state, options);
    private readonly PatronWriter _writer = new(state, options);
    private readonly PatronConflicts _conflicts = new(state, options.Version);
    private readonly AttributeRules _attributes = new(state, options.Version);

    public Answer Get(Call call, int id)
    {
        call.Needs(options.Version.GetNeeds);
        call.ChecksEmbeds(options.Version);
        return state.Find(id) is { } patron && _view.IsVisible(patron, call.Client)
            ? new Answer(200, _view.Shown(patron, call.EmbedsAttributes))
            : Answer.NotFound(options.Version, options.Version.NoPatronText);
    }

    public Answer Delete(Call call, int id)
    {
        call.Needs(Need.DeleteBorrowers);
        if (state.Find(id) is not { } patron)
            return NoPatron();
        if (_conflicts.Deletion(patron) is { } refusal)
            return refusal;
        state.Remove(patron);
        return new Answer(204);
    }

    public Answer Put(Call call, int id)
    {
        call.Needs(Need.Borrowers);
        var sent = call.Json<JsonObject>("object");
        BodySchema.ChecksPatron(sent, _view.Fields);
        if (state.Find(id) is not { } patron)
            return NoPatron();
        var stored = PatronWriter.Stored(sent);
        if ((_conflicts.ProtectedEmail(patron, sent, call.Client) ?? PatronConflicts.OtherPatron(patron, sent) ?? _conflicts.Find(id, stored)) is { } conflict)
            return conflict;
        var isReplaced = ReplaceAttributes(call, patron, sent);
        var isChanged = _writer.Change(patron, stored) || isReplaced;
        return isChanged || !options.Version.AnswersUnchangedWith204 ? new Answer(200, _view.Shown(patron, withAttributes: false)) : new Answer(204);
    }

    public Answer Post(Call call)
    {
        call.Needs(Need.EditBorrowers);
        var sent = call.Json<JsonObject>("object");
        BodySchema.ChecksPatron(sent, _view.Fields);
        var stored = PatronWriter.Stored(sent);
        if ((_conflicts.LookAlike(stored, call.Headers["x-confirm-not-duplicate"] == "1") ?? _conflicts.Find(0, stored)) is { } conflict)
            return conflict;
        var (planned, refusal) = _attributes.Replacing(0, [], sent[KohaState.Attributes] as JsonArray ?? [], state.LibraryOf(call.Client));
        if (refusal is not null)
            return refusal.OnPatronRoute(options.Version);
        var patron = _writer.Add(stored);
        _attributes.Replace(patron, planned);
        return new Answer(201, _view.Created(patron, sent, call.Client)).With("Location", $"/api/v1/patrons/{(int)patron["patron_id"]!}");
    }

    /// <summary>A patron's holds, as many as it takes to see that there are some.</summary>
    public Answer Holds(Call call, int id)
    {
        call.Needs(Need.EditBorrowers);
        return state.Find(id) is null ? NoPatron() : new Answer(200, state.Ties.Holds.Contains(id) ? new JsonArray(new JsonObject { ["patron_id"] = id }) : []);
    }

    private Answer NoPatron() => Answer.NotFound(options.Version, "Patron not found");

    /// <summary>Puts the attributes of a PUT in the place of all others; whether there were any.</summary>
    /// <exception cref="RefusedException">One of them cannot be; none is changed.</exception>
    /// <exception cref="BrokenException">A release that falls over attributes in this body.</exception>
    private bool ReplaceAttributes(Call call, JsonObject patron, JsonObject sent)
    {
        if (sent[KohaState.Attributes] is not JsonArray wanted)
            return false;
        if (!options.Version.PutTakesAttributes)
            throw new BrokenException("Attributes in a PUT.");
        var before = patron[KohaState.Attributes]!.DeepClone();
        var (planned, refusal) = _attributes.Replacing((int)patron["patron_id"]!, KohaState.AttributesOf(patron), wanted, state.LibraryOf(call.Client));
        if (refusal is not null)
            throw new RefusedException(refusal.OnPatronRoute(options.Version));
        if (_attributes.Replace(patron, planned))
            _writer.Touch(patron);
        return !JsonNode.DeepEquals(before, patron[KohaState.Attributes]);
    }
}
