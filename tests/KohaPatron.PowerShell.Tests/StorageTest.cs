using System.Text;
using KohaPatron.Fakes.Storage;

namespace KohaPatron.PowerShell.Tests;

/// <summary>What a test with Cloud Storage starts from. The service is named by an environment variable, so these tests run one after the other.</summary>
[Collection("storage")]
public abstract class StorageTest : ModuleTest
{
    private const string Variable = "STORAGE_EMULATOR_HOST";

    /// <summary>The people of an export that is larger than the buffers on the way.</summary>
    protected const int People = 5000;

    protected static byte[] LargeExport { get; } = Encoding.UTF8.GetBytes(Export([.. Enumerable.Range(0, People).Select(i => Student($"u{i}", $"{i}"))]));

    /// <summary>Runs a script that finds its Cloud Storage here.</summary>
    protected Outcome Run(FakeStorage storage, string script) => With(storage, () => Run(script));

    /// <summary>What Tab offers where Cloud Storage is here.</summary>
    protected List<string> Complete(FakeStorage storage, string typed) => With(storage, () => Engine.Complete(typed));

    private static T With<T>(FakeStorage storage, Func<T> run)
    {
        Environment.SetEnvironmentVariable(Variable, storage.Root.ToString());
        try
        {
            return run();
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }
}
