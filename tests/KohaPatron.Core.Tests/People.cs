using System.Text;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Tests;

/// <summary>Invented people, read from the JSON of an export.</summary>
internal static class People
{
    public static KohaPatronSettings Settings { get; } = SettingsLoader.Load(new SettingsRequest(null, null, null, null));

    public static IReadOnlyList<WorkdayPerson> Students(params string[] records) => Read("student_data.json", records);

    public static IReadOnlyList<WorkdayPerson> PreCollege(params string[] records) => Read("student_pre_college_data.json", records);

    public static IReadOnlyList<WorkdayPerson> Employees(params string[] records) => Read("employee_data.json", records);

    private static List<WorkdayPerson> Read(string name, string[] records)
    {
        var json = "{\"Report_Entry\":[" + string.Join(",", records) + "]}";
        var items = WorkdayExportReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), new WorkdayExport(name, WorkdayExportFile.TypeOf(name)), cancel: TestContext.Current.CancellationToken);
        return [.. items.SelectMany(batch => batch).Select(item => item.Person!)];
    }
}
