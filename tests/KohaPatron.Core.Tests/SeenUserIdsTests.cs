using System.Globalization;
using KohaPatron.Core.Registration;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Tests;

public sealed class SeenUserIdsTests
{
    [Fact]
    public void Different_user_ids_are_new_and_the_same_ones_are_not()
    {
        var seen = new SeenUserIds();
        for (var i = 0; i < 50_000; i++)
            Assert.True(seen.Add("user" + i.ToString(CultureInfo.InvariantCulture), out _));
        for (var i = 0; i < 50_000; i += 7)
            Assert.False(seen.Add("USER" + i.ToString(CultureInfo.InvariantCulture), out _));
    }

    // Koha's collation: koha's database takes these for one user id.
    [Theory]
    [InlineData("anunez", "anuñez")]
    [InlineData("zmuller", "ZMÜLLER")]
    [InlineData("a", "a ")]
    [InlineData("éa", "E\u0301A")]
    public void Case_accents_and_trailing_spaces_make_no_difference(string one, string other)
    {
        var seen = new SeenUserIds();
        Assert.True(seen.Add(one, out _));
        Assert.False(seen.Add(other, out var place));
        Assert.Equal(one, seen.At(place));
        Assert.Equal(CollationKey.Of(one), CollationKey.Of(other));
    }
}
