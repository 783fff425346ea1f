namespace KohaPatron.Core.Workday;

/// <summary>A column as the settings name it: <c>Courses</c>, or <c>Courses[].Title</c> for a member of the objects in a list.</summary>
/// <param name="Name">The field of the record.</param>
/// <param name="Member">The member of each element; null: the module's own names.</param>
internal sealed record ColumnPath(string Name, string? Member)
{
    private const string Elements = "[].";

    public static ColumnPath Parse(string column) => column.IndexOf(Elements, StringComparison.Ordinal) is >= 0 and var at
        ? new(column.Substring(0, at), column.Substring(at + Elements.Length))
        : new(column, null);
}
