using KohaPatron.Core.Text;

namespace KohaPatron.Core.Registration;

/// <summary>Who has which card in the rows of a load: the first of several who want one.</summary>
internal sealed class CardHolders
{
    private readonly DigitCodes _codes = new();
    private readonly NumberMap<int> _holders = new();

    /// <summary>Gives a card to a person; false where somebody has it already.</summary>
    /// <param name="cardNumber">The card number.</param>
    /// <param name="isFromReport">Whether it is the report's; else it is a universal ID.</param>
    /// <param name="userId">The place of the person's user id.</param>
    /// <param name="holder">Where the card is taken: the place of the holder's user id; null: both cards are universal IDs.</param>
    public bool Add(string cardNumber, bool isFromReport, int userId, out int? holder)
    {
        // A universal ID that stands in for a card is compared as the database compares it.
        var code = _codes.Of((isFromReport ? cardNumber : CollationKey.Of(cardNumber)).AsSpan());
        ref var known = ref _holders.Of(code, out var isNew);
        if (isNew)
            known = isFromReport ? userId : ~userId;
        holder = known >= 0 ? known : isFromReport ? ~known : null;
        return isNew;
    }
}
