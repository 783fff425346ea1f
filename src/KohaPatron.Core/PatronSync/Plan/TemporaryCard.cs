using System.Globalization;

namespace KohaPatron.Core.PatronSync.Plan;

/// <summary>The number that a patron holds while the cards of a circle pass round; nobody can borrow with it.</summary>
internal static class TemporaryCard
{
    public const string Prefix = "KPTEMP-";

    public static string For(int patronId) => Prefix + patronId.ToString(CultureInfo.InvariantCulture);

    public static bool Is(string? card) => card?.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) == true;
}
