using System.Globalization;
using System.Runtime.InteropServices;
using KohaPatron.Core.Settings;

namespace KohaPatron.Core.Preflight;

/// <summary>Koha's preference CardnumberLength: how many characters a card number has.</summary>
/// <param name="Least">The fewest.</param>
/// <param name="Most">The most; never above the 32 of the column.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CardNumberLength(int Least, int Most)
{
    public static readonly CardNumberLength Any = new(0, CardNumberRule.LongestInKoha);

    /// <summary>Reads the preference: <c>7</c>, <c>7,14</c>, <c>7,</c> or <c>,14</c>. As Koha does, it heeds no 0 and nothing beyond the column.</summary>
    public static bool TryParse(string text, out CardNumberLength length)
    {
        var parts = text.Split(',');
        length = Any;
        if (parts.Length > 2 || !TryPart(parts[0], out var least) || !TryPart(parts[parts.Length - 1], out var most))
            return false;
        if (parts.Length == 2)
            length = Between(least, most == 0 ? Any.Most : Math.Min(most, Any.Most));
        else if (least is > 0 and <= CardNumberRule.LongestInKoha)
            length = new CardNumberLength(least, least);
        return true;
    }

    public bool Takes(string cardNumber) => cardNumber.Length >= Least && cardNumber.Length <= Most;

    private static CardNumberLength Between(int least, int most) => new(Math.Min(least, most), most);

    private static bool TryPart(string text, out int number)
    {
        number = 0;
        return text.Trim().Length == 0
            || int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out number);
    }
}
