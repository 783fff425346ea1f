using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Settings;

namespace KohaPatron.Core.Mapping;

/// <summary>The codes that Koha has for the tables of the settings.</summary>
internal sealed class KohaCodes
{
    private readonly List<Notice> _notices = [];
    private readonly SortedDictionary<MappingKind, IReadOnlyCollection<string>> _byTable = [];

    /// <summary>Codes by table; a table that Koha gives no list for is left out.</summary>
    public IReadOnlyDictionary<MappingKind, IReadOnlyCollection<string>> ByTable => _byTable;

    /// <summary>The lists that Koha does not give.</summary>
    public IReadOnlyList<Notice> Notices => _notices;

    public static async Task<KohaCodes> ReadAsync(KohaConnection connection, AuthorisedValueCategories categories, CancellationToken cancel)
    {
        var lists = new KohaLists(connection);
        var codes = new KohaCodes();
        codes.Add(MappingKind.Major, await lists.AuthorisedValuesAsync(categories.Major, "majors", cancel));
        codes.Add(MappingKind.Department, await lists.AuthorisedValuesAsync(categories.Department, "departments", cancel));
        codes.Add(MappingKind.Category, await lists.PatronCategoriesAsync(cancel));
        return codes;
    }

    private void Add(MappingKind kind, KohaCodeList found)
    {
        if (found.All is { } codes)
            _byTable.Add(kind, codes);
        else
            _notices.Add(found.NotChecked!);
    }
}
