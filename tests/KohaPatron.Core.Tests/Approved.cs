namespace KohaPatron.Core.Tests;

/// <summary>Files of the repository that are printed from the code. KOHAPATRON_APPROVE=1 writes them anew, to be read in the diff.</summary>
internal static class Approved
{
    public static void Check(string file, string printed)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "KohaPatron.slnx")))
            folder = folder.Parent!;
        var path = Path.Combine(folder.FullName, file);
        if (Environment.GetEnvironmentVariable("KOHAPATRON_APPROVE") == "1")
            File.WriteAllText(path, printed);
        Assert.Equal(File.ReadAllText(path), printed);
    }
}
