using KohaPatron.Core.Koha;
using KohaPatron.Core.Preflight.ImportFile;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Preflight.Rules;

/// <summary>What Koha makes of a header.</summary>
internal static class HeaderRules
{
    private static readonly string[] Required = ["surname", "branchcode", "categorycode"];

    public static IEnumerable<PatronCsvProblem> Check(PatronCsvHeader header, PreflightOptions options)
    {
        if (header.Known.Count == 0)
        {
            yield return PreflightProblems.NotAPatronFile(header.Columns);
            yield break;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in header.Columns.Where(column => column.Length > 0))
        {
            if (!seen.Add(column))
                yield return PreflightProblems.RepeatedColumn(column);
            else if (KohaTable.Newer.Find(column) is null)
                yield return PreflightProblems.UnknownColumn(column, Near(column));
            else if (column == KohaTable.PreferredName && options.Version is { } version && version < KohaTable.WithPreferredName)
                yield return PreflightProblems.NewColumn(column);
        }

        foreach (var column in Required.Where(column => !header.Has(column) && !options.Defaults.ContainsKey(column)))
            yield return PreflightProblems.MissingColumn(column);
        if (options.Overwrite && options.MayIgnoreFirstExpiry && header.Columns.Count > 1 && header.Columns[0] == "dateexpiry")
            yield return PreflightProblems.ExpiryFirst();
    }

    private static string? Near(string column)
    {
        var names = KohaTable.Newer.Columns.Select(known => known.Name).ToList();
        return names.FirstOrDefault(name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase))
            ?? (NearestTerm.Of(column, names, most: 1) is [var near] && Math.Abs(near.Length - column.Length) <= 3 ? near : null);
    }
}
