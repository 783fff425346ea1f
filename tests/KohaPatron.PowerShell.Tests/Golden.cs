using System.Text;

namespace KohaPatron.PowerShell.Tests;

/// <summary>Files that were read by a person and approved. KOHAPATRON_APPROVE=1 writes them anew, to be read again in the diff.</summary>
public static class Golden
{
    private static bool IsApproving => Environment.GetEnvironmentVariable("KOHAPATRON_APPROVE") == "1";

    public static void Check(string name, byte[] bytes)
    {
        var path = Path.Combine(Places.RepositoryRoot, "tests", "KohaPatron.PowerShell.Tests", "Golden", name);
        if (IsApproving)
            File.WriteAllBytes(path, bytes);
        Assert.Equal(Encoding.UTF8.GetString(File.ReadAllBytes(path)), Encoding.UTF8.GetString(bytes));
        Assert.Equal(File.ReadAllBytes(path), bytes);
    }

    /// <summary>Checks the rows of the one table of a page.</summary>
    public static void CheckTable(string path, IEnumerable<string> rows)
    {
        const string BelowHeader = "| --- |";
        var lines = File.ReadAllLines(path).ToList();
        var first = lines.FindIndex(line => line.StartsWith(BelowHeader, StringComparison.Ordinal)) + 1;
        var count = lines.Skip(first).TakeWhile(line => line.StartsWith('|')).Count();
        if (IsApproving)
        {
            lines.RemoveRange(first, count);
            lines.InsertRange(first, rows);
            File.WriteAllText(path, string.Join("\n", lines) + "\n");
        }
        else
        {
            Assert.Equal(rows, lines.Skip(first).Take(count));
        }
    }

    /// <summary>Checks the block of text of a page that follows a comment with its name.</summary>
    public static void CheckBlock(string path, string name, string text)
    {
        var page = File.ReadAllText(path).ReplaceLineEndings("\n");
        var start = page.IndexOf($"<!-- {name} -->\n```text\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"{path} has no block {name}");
        start = page.IndexOf("```text\n", start, StringComparison.Ordinal) + "```text\n".Length;
        var end = page.IndexOf("```", start, StringComparison.Ordinal);
        if (IsApproving)
            File.WriteAllText(path, page[..start] + text.TrimEnd() + "\n" + page[end..]);
        else
            Assert.Equal(text.TrimEnd(), page[start..end].TrimEnd());
    }
}
