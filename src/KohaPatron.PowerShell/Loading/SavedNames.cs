using KohaPatron.Core.Drift;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Mapping;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.PatronSync.Records;
using KohaPatron.Core.Preflight;
using KohaPatron.Core.Registration;
using KohaPatron.Core.Workday;

namespace KohaPatron.PowerShell.Loading;

/// <summary>
/// Statuses and kinds are saved by their names (Export-Clixml, jobs). PowerShell would save their numbers, and whoever filters
/// a plan that was kept (<c>Where-Object Status -eq Change</c>) would get nothing, without a word.
/// </summary>
internal static class SavedNames
{
    private static IEnumerable<Type> Types =>
    [
        typeof(PatronChangeStatus), typeof(PatronUpdateStatus), typeof(ProxChangeStatus), typeof(ProxUpdateStatus), typeof(KohaAddStatus), typeof(SkipReason),
        typeof(MappingKind), typeof(MappingChange), typeof(PatronCsvRule), typeof(PatronCsvSeverity), typeof(WorkdayExportChangeKind), typeof(WorkdayPersonType),
    ];

    public static void Register() => EngineTables.SaveAsText(Types);
}
