using KohaPatron.Core.Koha;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Registration;

/// <summary>What a person's own record comes to, before anybody has looked at the others of the load.</summary>
internal sealed class RowDraft
{
    /// <summary>The row; null: there is none.</summary>
    public KohaPatronRow? Row { get; set; }

    /// <summary>Who gets no row, and why; null: there is one.</summary>
    public SkippedPatron? Skipped { get; set; }

    /// <summary>Whether the card number is the report's; else it is a universal ID.</summary>
    public bool CardIsFromReport { get; set; }

    /// <summary>What the rules remarked, in their order; null: nothing.</summary>
    public List<Remark>? Remarks { get; set; }

    /// <summary>What else there is to say, after the remarks; null: nothing.</summary>
    public List<Notice>? Notices { get; set; }

    /// <summary>Why it ended there, after what was remarked until then; null: it did not.</summary>
    public Exception? Fault { get; set; }
}
