using System.Text.Json;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Mapping.FirstSettings;

/// <summary>The columns of a report that nobody has described yet, and what they hold.</summary>
internal sealed class ReportSurvey
{
    private readonly Dictionary<string, SurveyedColumn> _byName = new(StringComparer.Ordinal);
    private readonly List<SurveyedColumn> _columns = [];

    private ReportSurvey(string name) => Name = name;

    /// <summary>The report's file name.</summary>
    public string Name { get; }

    /// <summary>How many people it has.</summary>
    public long People { get; private set; }

    /// <summary>The columns in the order of the report.</summary>
    public IReadOnlyList<SurveyedColumn> Columns => _columns;

    /// <exception cref="KohaPatronException">The report cannot be read to its end.</exception>
    public static ReportSurvey Of(Stream stream, string path, CancellationToken cancel)
    {
        var export = new WorkdayExport(path, type: null);
        var survey = new ReportSurvey(export.ShortName);
        try
        {
            survey.Read(new ExportRecords(stream, export) { IsColumn = null }, cancel);
            return survey;
        }
        catch (ExportFaultException fault)
        {
            export.People = survey.People;
            throw new KohaPatronException(WorkdayNotices.Broken(export, fault));
        }
        catch (IOException e)
        {
            throw new KohaPatronException(WorkdayNotices.ReadFailed(export, survey.People, e));
        }
    }

    private void Read(ExportRecords records, CancellationToken cancel)
    {
        for (var step = records.Next(); step != RecordStep.End; step = records.Next())
        {
            cancel.ThrowIfCancellationRequested();
            if (step == RecordStep.NeedsMore)
                records.Fill();
            else if (step == RecordStep.Record)
                Add(records.Slice);
        }
    }

    private void Add(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        if (!JsonDocument.TryParseValue(ref reader, out var document))
            return;
        using (document)
        {
            if (document!.RootElement.ValueKind != JsonValueKind.Object)
                return;
            People++;
            var cells = document.RootElement.EnumerateObject().SelectMany(member => Cells(member.Name, member.Value)).ToList();
            var logins = new HashSet<string>(cells.Select(cell => cell.Text).OfType<string>().Where(text => text.IndexOf('@') > 0).Select(text => text.Substring(0, text.IndexOf('@'))), StringComparer.OrdinalIgnoreCase);
            foreach (var (name, text) in cells)
                Column(name).Add(text, logins);
        }
    }

    private static IEnumerable<(string Name, string? Text)> Cells(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(element => element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().Select(member => ($"{name}[].{member.Name}", Text(member.Value)))
            : [(name, Text(element))]),
        _ => [(name, Text(value))],
    };

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    private SurveyedColumn Column(string name)
    {
        if (!_byName.TryGetValue(name, out var column))
        {
            _byName.Add(name, column = new SurveyedColumn(name));
            _columns.Add(column);
        }

        return column;
    }
}
