using System.Text;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Notices;
using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Registration;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday;

namespace KohaPatron.NetFramework;

/// <summary>The main job without PowerShell, on .NET Framework: exports and a prox report in, the import file out.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        if (args.Length != 4)
        {
            Console.Error.WriteLine("Usage: KohaPatron.NetFramework <export.json> <prox.csv> <end yyyy-MM-dd> <out.csv>");
            return 64;
        }

        Console.OutputEncoding = Encoding.UTF8;
        var settings = SettingsLoader.Load(new SettingsRequest(null, null, null, null));
        var prox = new ProxTable(new ProxReportReader(settings.ProxReportOptions, Tell).Read(args[1]));
        var end = DateTime.ParseExact(args[2], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var registrar = new PatronRegistrar(new LoadTerms(settings, end, TimeProvider.System.GetLocalNow().Date, prox), Tell);
        registrar.Begin();
        using var file = PatronCsvFile.Open(args[3], append: false, force: false, Tell);
        using var stream = File.OpenRead(args[0]);
        foreach (var item in WorkdayExportReader.Read(stream, new WorkdayExport(args[0], WorkdayExportFile.TypeOf(args[0]))).SelectMany(batch => batch))
        {
            if (item.Notice is { } notice)
                Tell(notice);
            else if (registrar.Register(item.Person!).Row is { } row)
                file.Write(row);
        }

        registrar.End();
        file.Commit();
        Console.WriteLine(registrar.Summary);
        return 0;
    }

    private static void Tell(Notice notice) => Console.Error.WriteLine($"{notice.Level}: {notice}");
}
