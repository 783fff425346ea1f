namespace KohaPatron.PowerShell.Tests;

/// <summary>Files that were read by a person and approved. KOHAPATRON_APPROVE=1 writes them anew, to be read again in the diff.</summary>
public static class Golden
{
    public static void Check(string name, byte[] bytes)
    {
        var path = Path.Combine(Places.RepositoryRoot, "tests", "KohaPatron.PowerShell.Tests", "Golden", name);
        if (Environment.GetEnvironmentVariable("KOHAPATRON_APPROVE") == "1")
            File.WriteAllBytes(path, bytes);
        Assert.Equal(System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(path)), System.Text.Encoding.UTF8.GetString(bytes));
        Assert.Equal(File.ReadAllBytes(path), bytes);
    }
}
