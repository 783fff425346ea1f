using KohaPatron.Core.Notices;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Tests;

/// <summary>Whose absence is news: only of whom every export was read to its end, however the exports were named.</summary>
public sealed class InputReadingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kohapatron-").FullName;

    [Theory]
    [InlineData(".", null, false)]
    [InlineData(".", "Student", true)]
    [InlineData("student_data.json", null, true)]
    [InlineData("student_data.json employee_data.json student_pre_college_data.json", null, false)]
    public void Only_whoever_every_export_lacks_is_not_there(string paths, string? type, bool mayLackPeople)
    {
        foreach (var name in WorkdayExportFile.Names)
            File.WriteAllText(Path.Combine(_folder, name), "[]");
        WorkdayPersonType[]? types = type is null ? null : [Enum.Parse<WorkdayPersonType>(type)];
        var reading = new InputReading();
        // Each path by itself, as they come down a pipeline.
        foreach (var path in paths.Split(' '))
            _ = new WorkdayExports(store: null) { Reading = reading }.Read([Path.GetFullPath(Path.Combine(_folder, path))], types, CancellationToken.None).Count();
        Assert.Equal(mayLackPeople, reading.MayLackPeople);
        Assert.Empty(reading.Lost);
        Assert.Equal(mayLackPeople, reading.Missing.Contains("employee_data.json was not read to its end"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
