using System.Globalization;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Tests;

public sealed class NearestTermTests
{
    [Theory]
    [InlineData("Anmation", "Animation")]
    [InlineData("Comics MFA (Low-Residency)", "Comics")]
    public void The_most_similar_known_term_comes_first(string term, string expected) =>
        Assert.Equal(expected, NearestTerm.Of(term, ["Glass", "Animation", "Comics", "Sculpture"])[0]);

    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")]
    public void Capital_letters_are_made_small_alike_in_every_language(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(["Liii"], NearestTerm.Of("LIII", ["Liii"]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Nothing_similar_is_no_suggestion() => Assert.Empty(NearestTerm.Of("Zzyx", ["Animation", "Comics"]));
}
