namespace KohaPatron.Core.Text;

/// <summary>Spreads numbers that are alike over a table (Fibonacci hashing): who needs a few bits takes the upper ones.</summary>
internal static class Spread
{
    /// <summary>The number, its differences carried up into the upper bits.</summary>
    public static ulong Of(ulong number) => number * 0x9E3779B97F4A7C15;
}
