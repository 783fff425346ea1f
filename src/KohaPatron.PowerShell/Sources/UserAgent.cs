namespace KohaPatron.PowerShell.Sources;

/// <summary>What the module calls itself towards servers.</summary>
internal static class UserAgent
{
    public static string Value { get; } = $"KohaPatron/{typeof(UserAgent).Assembly.GetName().Version!.ToString(3)}";
}
