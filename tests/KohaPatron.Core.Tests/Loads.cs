using System.Collections.Concurrent;
using System.Text;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Csv;
using KohaPatron.Core.Notices;
using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Registration;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Tests;

/// <summary>The main job without PowerShell: what tests of the core run.</summary>
internal static class Loads
{
    public static readonly DateTime End = new(2023, 12, 12);
    public static readonly DateTime Today = new(2023, 8, 24);

    private static readonly ConcurrentDictionary<(string Profile, string? Path), KohaPatronSettings> Loaded = new();

    /// <summary>Settings, read once: tests ask for the same ones thousands of times.</summary>
    public static KohaPatronSettings Settings(string profile = "2023", string? path = null) =>
        Loaded.GetOrAdd((profile, path), asked => SettingsLoader.Load(new SettingsRequest(asked.Path, asked.Profile, null, null)));

    public static SemesterLoad Terms(string profile = "2023", ProxTable? prox = null) => new(Settings(profile), End, Today, prox);

    public static List<WorkdayItem> Read(Stream stream, string name = "student_data.json") =>
        [.. WorkdayExportReader.Read(stream, new WorkdayExport(name, WorkdayExportFile.TypeOf(name))).SelectMany(batch => batch)];

    public static List<WorkdayItem> Read(string json, string name = "student_data.json") => Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), name);

    public static (List<KohaPatronRow> Rows, List<Notice> Notices) Convert(IEnumerable<WorkdayItem> items, SemesterLoad terms)
    {
        var notices = new List<Notice>();
        var rows = new List<KohaPatronRow>();
        var registrar = new PatronRegistrar(terms, notices.Add);
        registrar.Begin();
        foreach (var item in items)
        {
            if (item.Notice is { } notice)
                notices.Add(notice);
            else if (registrar.Register(item.Person!).Row is { } row)
                rows.Add(row);
        }

        registrar.End();
        return (rows, notices);
    }

    public static byte[] Csv(IEnumerable<KohaPatronRow> rows)
    {
        var path = Path.Combine(Path.GetTempPath(), $"kohapatron-{Guid.NewGuid():N}.csv");
        try
        {
            using (var file = PatronCsvFile.Open(path, append: false, force: false, _ => { }))
            {
                foreach (var row in rows)
                    file.Write(row);
                file.Commit();
            }

            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
