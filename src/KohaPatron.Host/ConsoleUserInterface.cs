using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace KohaPatron.Host;

/// <summary>Writes to the console; whoever asks something is told that nobody is there to answer.</summary>
internal sealed class ConsoleUserInterface : PSHostUserInterface
{
    private readonly ProgressLine _progress = new();

    public bool HadErrors { get; private set; }

    public override PSHostRawUserInterface RawUI { get; } = new ConsoleRawInterface();

    public override bool SupportsVirtualTerminal => !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public override void Write(string value)
    {
        _progress.Clear();
        Console.Out.Write(Rendered(value));
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    public override void WriteErrorLine(string value)
    {
        HadErrors = true;
        Note(value);
    }

    public override void WriteWarningLine(string message) => Note("WARNING: " + message);

    public override void WriteVerboseLine(string message) => Note("VERBOSE: " + message);

    public override void WriteDebugLine(string message) => Note("DEBUG: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record) => _progress.Show(record);

    public override string ReadLine() => throw Unanswered("read a line");

    public override SecureString ReadLineAsSecureString() => throw Unanswered("read a secret");

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw Unanswered(descriptions.Count > 0 ? $"ask for {string.Join(", ", descriptions.Select(field => field.Name))}" : "ask");

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        throw Unanswered($"ask \"{message}\" (give -Confirm:$false to go on without asking)");

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw Unanswered("ask for a credential");

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw Unanswered("ask for a credential");

    /// <summary>Colours for a terminal; plain text for a file or another program.</summary>
    private string Rendered(string text) =>
        SupportsVirtualTerminal ? text : new StringDecorated(text).ToString(OutputRendering.PlainText);

    private static HostException Unanswered(string question) => new($"koha-patron cannot {question}: it runs without a prompt.");

    private void Note(string text)
    {
        _progress.Clear();
        // stdout first, so that a terminal shows both in their order.
        Console.Out.Flush();
        Console.Error.WriteLine(Rendered(text));
    }
}
