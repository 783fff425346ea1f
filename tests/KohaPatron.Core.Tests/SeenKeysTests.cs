using System.Globalization;
using KohaPatron.Core.Registration;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Tests;

public sealed class SeenKeysTests
{
    [Fact]
    public void Different_keys_are_new_and_the_same_ones_are_not()
    {
        var seen = new SeenKeys();
        for (var i = 0; i < 50_000; i++)
            Assert.True(seen.Add("user" + i.ToString(CultureInfo.InvariantCulture)));
        for (var i = 0; i < 50_000; i += 7)
            Assert.False(seen.Add("USER" + i.ToString(CultureInfo.InvariantCulture)));
    }

    // Koha's collation: koha's database takes these for one user id.
    [Theory]
    [InlineData("anunez", "anuñez")]
    [InlineData("zmuller", "ZMÜLLER")]
    [InlineData("a", "a ")]
    [InlineData("éa", "E\u0301A")]
    public void Case_accents_and_trailing_spaces_make_no_difference(string one, string other)
    {
        var seen = new SeenKeys();
        Assert.True(seen.Add(one));
        Assert.False(seen.Add(other));
        Assert.Equal(CollationKey.Of(one), CollationKey.Of(other));
    }
}
