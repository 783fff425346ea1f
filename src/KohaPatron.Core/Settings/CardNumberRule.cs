namespace KohaPatron.Core.Settings;

/// <summary>What the card number rule made of a prox ID.</summary>
internal enum CardNumberOutcome
{
    /// <summary>A card number.</summary>
    Card,

    /// <summary>The cell is empty or all zeros: the person has no card.</summary>
    NoCard,

    /// <summary>The cell holds something else than digits.</summary>
    NotANumber,

    /// <summary>The rule would cut a digit that counts.</summary>
    WouldCut,

    /// <summary>More digits than Koha's column holds.</summary>
    TooLong,
}

/// <summary>
/// How a prox ID becomes the card number in Koha: <c>TrimLeadingZeros</c> (<c>000057426</c> → <c>57426</c>) or
/// <c>LastDigits</c> with a count (5: <c>000001234</c> → <c>01234</c>). No digit other than a leading zero is ever cut.
/// </summary>
/// <param name="LastDigits">How many digits a card number has, or null to trim all leading zeros.</param>
internal sealed record CardNumberRule(int? LastDigits)
{
    public const string TrimLeadingZeros = "TrimLeadingZeros";
    public const string LastDigitsName = "LastDigits";

    /// <summary>The length of <c>borrowers.cardnumber</c>; Koha's REST API cuts what is longer without a word.</summary>
    public const int LongestInKoha = 32;

    public CardNumberOutcome Apply(string? proxId, out string? cardNumber)
    {
        Span<char> card = stackalloc char[LongestInKoha];
        var outcome = Apply(proxId.AsSpan(), ref card);
        cardNumber = outcome == CardNumberOutcome.Card ? card.ToString() : null;
        return outcome;
    }

    /// <summary>The same without a text for each number.</summary>
    /// <param name="proxId">The cell of the report.</param>
    /// <param name="card">Room for <see cref="LongestInKoha"/> letters; afterwards the card number, empty where there is none.</param>
    public CardNumberOutcome Apply(ReadOnlySpan<char> proxId, ref Span<char> card)
    {
        var room = card;
        card = [];
        var digits = proxId.Trim();
        foreach (var letter in digits)
        {
            if (letter is < '0' or > '9')
                return CardNumberOutcome.NotANumber;
        }

        var significant = digits.TrimStart('0');
        if (significant.IsEmpty)
            return CardNumberOutcome.NoCard;
        if (significant.Length > (LastDigits ?? LongestInKoha))
            return LastDigits is null ? CardNumberOutcome.TooLong : CardNumberOutcome.WouldCut;
        card = room.Slice(0, LastDigits ?? significant.Length);
        card.Fill('0');
        significant.CopyTo(card.Slice(card.Length - significant.Length));
        return CardNumberOutcome.Card;
    }

    /// <summary>Whether a text is a card number as this rule makes them.</summary>
    public bool Gives(string? cardNumber) => Apply(cardNumber, out var same) == CardNumberOutcome.Card && same == cardNumber;

    public override string ToString() => LastDigits is { } count ? $"{LastDigitsName} {count}" : TrimLeadingZeros;
}
