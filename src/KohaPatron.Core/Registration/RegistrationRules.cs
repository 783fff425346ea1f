namespace KohaPatron.Core.Registration;

/// <summary>All rules of the load, as a librarian reviews them: docs/rules.md is printed from here.</summary>
internal static class RegistrationRules
{
    /// <summary>Each rule's name and its lines in words: when, then.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<(string When, string Then, Remark Remark)> Lines)> InWords()
    {
        yield return Words(LeaveOutRule.Students);
        yield return Words(LeaveOutRule.Employees);
        yield return Words(CategoryRule.Students);
        yield return Words(CategoryRule.Employees);
        yield return Words(ExpiryRule.Students);
        yield return Words(ExpiryRule.Employees);
        yield return Words(MajorRule.Table);
        yield return Words(DepartmentRule.Table);
        yield return Words(InstructorRule.Table);
    }

    private static (string, IReadOnlyList<(string, string, Remark)>) Words<TCase, TValue>(RuleTable<TCase, TValue> table) =>
        (table.Name, [.. table.Lines.Select(line => (line.When, line.Then, line.Remark))]);
}
