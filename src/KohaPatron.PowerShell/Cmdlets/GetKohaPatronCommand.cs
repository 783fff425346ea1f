using System.Globalization;
using System.Management.Automation;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Completion;
using KohaPatron.PowerShell.Pipeline;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Finds patrons in Koha (GET /patrons), many with one request, in the order of the input. Whoever is not found is an error
/// of its own.
/// </summary>
[Cmdlet(VerbsCommon.Get, "KohaPatron", DefaultParameterSetName = ByUserId)]
[OutputType(typeof(Patron))]
public sealed class GetKohaPatronCommand : ConnectedCmdlet
{
    private const string ByUserId = "UserId";
    private const string ByCardNumber = "CardNumber";
    private const string ByUniversalId = "UniversalId";
    private const string ByPatronId = "PatronId";

    private readonly List<string> _waiting = [];
    private KohaConnection? _connection;
    private PatronLookup? _lookup;

    /// <summary>The logins (userid); people of a Workday export bind by their user name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByUserId)]
    [Alias("UserName")]
    [ValidateNotNullOrEmpty]
    public string[]? UserId { get; set; }

    /// <summary>The card numbers (cardnumber).</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByCardNumber)]
    [ValidateNotNullOrEmpty]
    public string[]? CardNumber { get; set; }

    /// <summary>The universal IDs, kept in Koha as a patron attribute; leading zeros make no difference.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByUniversalId)]
    [ValidateNotNullOrEmpty]
    public string[]? UniversalId { get; set; }

    /// <summary>Koha's own numbers (patron_id, borrowernumber).</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPatronId)]
    [ValidateNotNullOrEmpty]
    public int[]? PatronId { get; set; }

    /// <summary>How many patrons to ask for with one request.</summary>
    [Parameter]
    [ValidateRange(1, 300)]
    public int BatchSize { get; set; } = PatronLookup.DefaultBatchSize;

    protected override void Begin()
    {
        _connection = GetConnection();
        var attribute = LoadSettings().Attributes.UniversalId;
        _lookup = new PatronLookup(_connection.Http, attribute, BatchSize);
    }

    protected override void Process()
    {
        _waiting.AddRange(Values());
        // As much as may be under way at once; the rest of the pipeline waits for no more than that.
        if (_waiting.Count >= BatchSize * 4)
            Flush();
    }

    protected override void Complete() => Flush();

    private (PatronKey Key, string Words) Key => ParameterSetName switch
    {
        ByCardNumber => (PatronKey.CardNumber, "card number"),
        ByUniversalId => (PatronKey.UniversalId, "universal ID"),
        ByPatronId => (PatronKey.PatronId, "patron id"),
        _ => (PatronKey.UserId, "user id"),
    };

    private IEnumerable<string> Values() => ParameterSetName switch
    {
        ByCardNumber => CardNumber!,
        ByUniversalId => UniversalId!,
        ByPatronId => PatronId!.Select(id => id.ToString(CultureInfo.InvariantCulture)),
        _ => UserId!,
    };

    private void Flush()
    {
        if (_waiting.Count == 0)
            return;
        var values = _waiting.ToArray();
        _waiting.Clear();
        PipelineQueue.Run(
            async (queue, cancel) =>
            {
                foreach (var (value, patrons) in await _lookup!.FindAsync(Key.Key, values, cancel))
                    queue.Post(() => Write(value, patrons));
            },
            Cancel);
    }

    private void Write(string value, IReadOnlyList<Patron> patrons)
    {
        if (patrons.Count > 0)
            WriteObject(patrons, enumerateCollection: true);
        else
            // A card number may not stand in a message.
            Tell(KohaRestNotices.PatronNotFound(Key.Words, Key.Key == PatronKey.CardNumber ? "given" : value));
    }
}
