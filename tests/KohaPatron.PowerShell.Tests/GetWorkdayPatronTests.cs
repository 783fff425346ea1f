namespace KohaPatron.PowerShell.Tests;

public sealed class GetWorkdayPatronTests : IDisposable
{
    private readonly Engine _engine = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void An_empty_export_yields_nothing()
    {
        var path = _folder.Write("student_data.json", """{"Report_Entry":[]}""");
        Assert.Empty(_engine.Run("Get-WorkdayPatron -Path $path", ("path", path)).WithoutErrors().Output);
    }
}
