using KohaPatron.Core.Mapping;

namespace KohaPatron.Core.Tests;

public sealed class NearestTermTests
{
    [Theory]
    [InlineData("Anmation", "Animation")]
    [InlineData("Comics MFA (Low-Residency)", "Comics")]
    public void The_most_similar_known_term_comes_first(string term, string expected) =>
        Assert.Equal(expected, NearestTerm.Of(term, ["Glass", "Animation", "Comics", "Sculpture"])[0]);

    [Fact]
    public void Nothing_similar_is_no_suggestion() => Assert.Empty(NearestTerm.Of("Zzyx", ["Animation", "Comics"]));
}
