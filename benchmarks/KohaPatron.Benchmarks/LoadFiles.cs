using System.Globalization;
using KohaPatron.TestData;

namespace KohaPatron.Benchmarks;

/// <summary>An export and a prox report of invented people, made once for each size.</summary>
internal sealed class LoadFiles
{
    public LoadFiles(int people)
    {
        Folder = Path.Combine(Path.GetTempPath(), "kohapatron-benchmark-" + people.ToString(CultureInfo.InvariantCulture));
        Export = Path.Combine(Folder, "student_data.json");
        Prox = Path.Combine(Folder, "prox.csv");
        Csv = Path.Combine(Folder, "patrons.csv");
        if (File.Exists(Prox))
            return;
        Directory.CreateDirectory(Folder);
        ExportWriter.WriteExport(Export, Enumerable.Range(0, people).Select(People.Student));
        // The prox table is a campus's, not as large as the export that memory is measured with.
        ExportWriter.WriteProxReport(Prox, Enumerable.Range(0, Math.Min(people, 20_000)).Select(number => (People.UniversalId(number), People.ProxId(number))));
    }

    public string Folder { get; }

    public string Export { get; }

    public string Prox { get; }

    public string Csv { get; }
}
