using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Storage;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Completion;

/// <summary>
/// The objects and folders that lie in the folder of Cloud Storage that is typed. The service is asked in the background:
/// what it says in time is offered, and what it says later is offered to the next Tab. Nothing that goes wrong is told; running
/// the line will tell it.
/// </summary>
public sealed class StorageNameCompleter : IArgumentCompleter
{
    private const int BucketAt = 5;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    private static Listing? _last;

    /// <returns>Null where the word is no address in Cloud Storage: PowerShell offers files then.</returns>
    public IEnumerable<CompletionResult>? CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = Words.Unquoted(wordToComplete);
        if (!StorageAddress.Is(typed))
            return null;
        try
        {
            // Before its slash the bucket's name may be half of one.
            return typed.IndexOf('/', BucketAt) > 0 ? [.. Words.Matching(Names(QuestionOf(typed, fakeBoundParameters)), typed)] : [];
        }
        catch (Exception)
        {
            return [];
        }
    }

    private static IEnumerable<string> Names(Question question)
    {
        var listing = _last;
        if (listing is null || listing.Question != question || listing.IsOver)
            _last = listing = new Listing(question, DateTime.UtcNow, Task.Run(() => ListAsync(question)));
        return ((IAsyncResult)listing.Names).AsyncWaitHandle.WaitOne(Wait) ? listing.Names.GetAwaiter().GetResult() : [];
    }

    private static async Task<IReadOnlyList<string>> ListAsync(Question question)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var store = ExportSources.OpenStore(question.Access.Or(SettingsLoader.Load(question.Settings).Storage), Limit);
        var names = await store.ListAsync(question.Folder, limit.Token);
        // A folder's own marker is no name in it, and what cannot be typed is not offered.
        return [.. names
            .Select(each => each.Name)
            .Where(name => name != question.Folder.Name && !name.Any(char.IsControl))
            .OrderBy(name => name, StringComparer.Ordinal)
            .Select(name => (question.Folder with { Name = name }).ToString())];
    }

    private static Question QuestionOf(string typed, IDictionary bound)
    {
        var paths = PathResolver.OfSession();
        string? Given(string name) => bound[name] as string;
        return new Question(
            StorageAddress.Parse(typed).Folder,
            new StorageSettings(Given("CredentialPath") is { } credential ? PathResolver.Literal(paths, credential) : null, Given("ImpersonateServiceAccount"), Given("UserProject")),
            SettingsSource.Request(paths, Given("SettingsPath"), null),
            Environment.GetEnvironmentVariable(StorageHost.EmulatorVariable));
    }

    /// <summary>What is asked, as whom and of whom.</summary>
    private sealed record Question(StorageAddress Folder, StorageSettings Access, SettingsRequest Settings, string? Host);

    /// <summary>A question, and its answer when it has come.</summary>
    private sealed record Listing(Question Question, DateTime Asked, Task<IReadOnlyList<string>> Names)
    {
        /// <summary>Whether it is asked anew: what failed, and what may have changed.</summary>
        public bool IsOver => Names.IsFaulted || Names.IsCanceled || DateTime.UtcNow - Asked > Freshness;
    }
}
