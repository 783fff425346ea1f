namespace KohaPatron.PowerShell.Tests;

/// <summary>What a test of a cmdlet starts from: an engine with the module, and a folder of its own.</summary>
public abstract class ModuleTest : IDisposable
{
    protected Engine Engine { get; } = new();

    protected TemporaryFolder Folder { get; } = new();

    /// <summary>Runs a script that knows the folder as $folder.</summary>
    protected Outcome Run(string script, params (string Name, object? Value)[] variables) =>
        Engine.Run(script, [("folder", Folder.Path), .. variables]);

    /// <summary>A student's record with the fields that a row needs; more fields, or others, as JSON members.</summary>
    protected static string Student(string user, string universalId, string more = "") =>
        Record($"\"username\":\"{user}\",\"universal_id\":\"{universalId}\",\"first_name\":\"F\",\"last_name\":\"L\",\"inst_email\":\"{user}@example.edu\",\"academic_level\":\"Undergraduate\",\"primary_program\":\"Animation\",\"programs\":[],\"student_id\":\"S1\"", more);

    /// <summary>An employee's record with the fields that a row needs.</summary>
    protected static string Employee(string user, string universalId, string more = "") =>
        Record($"\"username\":\"{user}\",\"universal_id\":\"{universalId}\",\"first_name\":\"F\",\"last_name\":\"L\",\"work_email\":\"{user}@example.edu\",\"active_status\":\"1\",\"is_contingent\":\"0\",\"etype\":\"Staff\",\"department\":\"Libraries\"", more);

    /// <summary>An export with these records.</summary>
    protected static string Export(params string[] records) => $"{{\"Report_Entry\":[{string.Join(",\n", records)}]}}";

    public void Dispose()
    {
        Engine.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Later members win, as in the export's JSON.</summary>
    private static string Record(string members, string more) => more.Length == 0 ? $"{{{members}}}" : $"{{{members},{more}}}";
}
