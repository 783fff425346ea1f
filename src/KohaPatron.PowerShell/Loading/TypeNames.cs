using KohaPatron.Core.Drift;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Mapping;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.PatronSync.Records;
using KohaPatron.Core.Preflight;
using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Registration;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday;

namespace KohaPatron.PowerShell.Loading;

/// <summary>
/// Short names for the public types, such as <c>[WorkdayStudent]</c>. Scripts cannot find them by their full names, because
/// they live in a load context of the module's own.
/// </summary>
internal static class TypeNames
{
    private static IEnumerable<Type> Public =>
    [
        typeof(WorkdayPerson), typeof(WorkdayStudent), typeof(WorkdayEmployee), typeof(WorkdayProgram), typeof(WorkdayPersonType),
        typeof(ProxNumber), typeof(KohaPatronRow), typeof(SkippedPatron), typeof(SkipReason), typeof(PatronLoadSummary), typeof(KohaPatronSetting),
        typeof(ProxChange), typeof(ProxChangeStatus), typeof(ProxUpdateResult), typeof(ProxUpdateStatus), typeof(PatronChange), typeof(PatronChangeStatus), typeof(PatronUpdateResult), typeof(PatronUpdateStatus), typeof(KohaAddResult), typeof(KohaAddStatus), typeof(KohaConnection), typeof(Patron),
        typeof(MappingGap), typeof(PatronCsvProblem), typeof(WorkdayExportChange),
    ];

    public static void Register() => EngineTables.AddTypeNames(Public);

    public static void Unregister() => EngineTables.RemoveTypeNames(Public);
}
