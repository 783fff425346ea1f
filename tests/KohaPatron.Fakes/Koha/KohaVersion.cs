namespace KohaPatron.Fakes.Koha;

/// <summary>What one release of Koha does otherwise than another: the only place that knows.</summary>
public sealed record KohaVersion(string Name)
{
    /// <summary>23.05.04, as recorded.</summary>
    public static KohaVersion V2305 { get; } = new("23.05");

    /// <summary>25.06.00.001, as recorded.</summary>
    public static KohaVersion V2506 { get; } = new("25.06")
    {
        AddedFields = ["expired", "preferred_name", "protected"],
        Embeds = ["+strings", KohaState.Attributes],
        ListNeeds = new Need(("borrowers", "list_borrowers")) { IsToldAsList = true },
        GetNeeds = new Need(("borrowers", "list_borrowers"), ("borrowers", "edit_borrowers")) { IsToldAsList = true },
        ListsOfTheHouseNeed = new Need(("catalogue", Need.WholeModule)),
        CategoriesNeed = new Need(("parameters", "manage_patron_categories")),
        TellsErrorCodes = true,
        HidesOtherLibraries = true,
        PutTakesAttributes = true,
        PutKeepsAttributeIds = true,
        PostShowsWholeRecord = true,
        ReadsQueryHeader = false,
        RefusesBadQueries = true,
        RendersBrokenBare = true,
        NoPatronText = "Patron not found",
        IllEmailField = "ill_email",
        CountsGuarantorRights = false,
    };

    /// <summary>As 25.06, with what only some newer releases do: 204 for a PUT without change, refused look-alikes.</summary>
    public static KohaVersion Newest { get; } = V2506 with { Name = "newest", AnswersUnchangedWith204 = true, RefusesLookAlikes = true };

    public static IReadOnlyList<KohaVersion> All { get; } = [V2305, V2506, Newest];

    /// <summary>The fields of a patron that 23.05 lacks.</summary>
    public IReadOnlyList<string> AddedFields { get; init; } = [];

    /// <summary>What the header x-koha-embed may name.</summary>
    public IReadOnlyList<string> Embeds { get; init; } = [KohaState.Attributes];

    internal Need ListNeeds { get; init; } = Need.EditBorrowers;

    internal Need GetNeeds { get; init; } = Need.EditBorrowers;

    /// <summary>For libraries and authorised values; null: nothing.</summary>
    internal Need? ListsOfTheHouseNeed { get; init; }

    /// <summary>For /patron_categories; null: there is no such route.</summary>
    internal Need? CategoriesNeed { get; init; }

    /// <summary>Whether what is not found, and what is refused for its attributes, carries an error_code.</summary>
    public bool TellsErrorCodes { get; init; }

    /// <summary>Whether a key without the right to view patrons of any library reads those of its own only.</summary>
    public bool HidesOtherLibraries { get; init; }

    /// <summary>Whether a PUT of a patron may carry extended_attributes; else it breaks.</summary>
    public bool PutTakesAttributes { get; init; }

    /// <summary>Whether attributes that stay the same keep their ids when all are replaced.</summary>
    public bool PutKeepsAttributeIds { get; init; }

    /// <summary>Whether the answer to a POST is the record as stored, rather than what was sent and a few defaults.</summary>
    public bool PostShowsWholeRecord { get; init; }

    public bool AnswersUnchangedWith204 { get; init; }

    public bool RefusesLookAlikes { get; init; }

    /// <summary>Whether a query may come in the header x-koha-query.</summary>
    public bool ReadsQueryHeader { get; init; } = true;

    /// <summary>Whether an unknown operator and a page of no rows are a 400, and an attribute type without a value finds nobody.</summary>
    public bool RefusesBadQueries { get; init; }

    /// <summary>Whether a 500 comes past the API's own renderer, which shows in its content type.</summary>
    public bool RendersBrokenBare { get; init; }

    /// <summary>What GET /patrons/{id} says of a patron that is not there.</summary>
    public string NoPatronText { get; init; } = "Patron not found.";

    /// <summary>What a library's address for interlibrary loans is called.</summary>
    public string IllEmailField { get; init; } = "illemail";

    /// <summary>Whether privacy_guarantor_checkouts is a number rather than a switch.</summary>
    public bool CountsGuarantorRights { get; init; } = true;
}
