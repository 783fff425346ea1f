using System.Globalization;
using KohaPatron.Core.Koha.Csv;
using KohaPatron.Core.Notices;
using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Registration;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Storage;
using KohaPatron.Core.Workday;

namespace KohaPatron.NetFramework;

/// <summary>The main job: exports and a prox report in, the import file out.</summary>
internal static class LoadJob
{
    public static void Run(string exports, string prox, string end, string enrolledOn, string settingsPath, string path)
    {
        var settings = SettingsLoader.Load(new SettingsRequest(settingsPath, null, null, null));
        var numbers = new ProxReportReader(ProxReportOptions.From(settings), Tell).ReadTable(prox);
        var registrar = new PatronRegistrar(new SemesterLoad(settings, Day(end), Day(enrolledOn), numbers), Tell);
        registrar.Begin();
        using var file = PatronCsvFile.Open(path, append: false, force: false, Tell);
        using var store = new CloudStorage(new StorageOptions { UserAgent = "KohaPatron.NetFramework" }, StorageHost.From(Environment.GetEnvironmentVariable(StorageHost.EmulatorVariable)));
        foreach (var item in new WorkdayExports(new CloudExports(store, ExportLayouts.BuiltIn)).Read([exports], types: null, CancellationToken.None).SelectMany(batch => batch))
        {
            if (item.Notice is { } notice)
                Tell(notice);
            else if (registrar.Register(item.Person!).Row is { } row)
                file.Write(row);
        }

        registrar.End();
        file.Commit();
        Console.WriteLine(registrar.Summary);
    }

    private static DateTime Day(string text) => DateTime.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Tell(Notice notice) => Console.Error.WriteLine($"{notice.Level}: {notice}");
}
