using System.Text.Json;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Preflight;

namespace KohaPatron.Core.Tests.Koha;

/// <summary>The API's names of a patron's fields, as a real Koha gave them, against the columns of its import.</summary>
public sealed class KohaFieldNamesTests
{
    /// <summary>What only the API has.</summary>
    private static readonly string[] OfTheApi = ["patron_id", "restricted", "extended_attributes"];

    [Fact]
    public void Every_field_of_a_patron_is_a_column_of_the_import()
    {
        using var seed = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Contract", "koha-rest-seed.json")));
        var fields = seed.RootElement.GetProperty("patrons")[0].EnumerateObject().Select(field => field.Name).Except(OfTheApi).ToList();
        Assert.DoesNotContain(fields, field => KohaTable.Newer.Find(KohaFieldNames.Column(field)) is null);
        Assert.Equal(fields.Count, fields.Select(KohaFieldNames.Column).Distinct().Count());
    }
}
