using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace KohaPatron.Benchmarks.Load;

/// <summary>The load and its stages in a session that has loaded before, and the three parts of the floor: what no loader in this engine could do without.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "GlobalCleanup disposes it")]
public class WarmStages
{
    public const int People = 200_000;

    private LoadFiles? _files;
    private WarmEngine? _engine;
    private byte[][] _json = [];
    private byte[] _csv = [];

    [GlobalSetup]
    public void SetUp()
    {
        _files = new LoadFiles(People);
        _engine = new WarmEngine(_files);
        _engine.Load();
        _json = [File.ReadAllBytes(_files.Students), File.ReadAllBytes(_files.Employees)];
        _csv = File.ReadAllBytes(_files.Csv);
    }

    [GlobalCleanup]
    public void CleanUp() => _engine?.Dispose();

    /// <summary>Utf8JsonReader over the exports' bytes.</summary>
    [Benchmark]
    public long WalkJson()
    {
        long tokens = 0;
        foreach (var export in _json)
        {
            var reader = new Utf8JsonReader(export);
            while (reader.Read())
                tokens++;
        }

        return tokens;
    }

    /// <summary>As many ready-made objects through three cmdlets that do nothing.</summary>
    [Benchmark]
    public void EmptyPipeline() => _engine!.EmptyPipeline();

    /// <summary>The import file's bytes to disk.</summary>
    [Benchmark]
    public void RawWrite() => File.WriteAllBytes(_files!.Csv, _csv);

    /// <summary>Get-WorkdayPatron alone.</summary>
    [Benchmark]
    public void Read() => _engine!.Read();

    /// <summary>ConvertTo-KohaPatronCsv over nobody: the prox report alone.</summary>
    [Benchmark]
    public void Prox() => _engine!.Prox();

    /// <summary>Get-WorkdayPatron | ConvertTo-KohaPatronCsv, without cards.</summary>
    [Benchmark]
    public void ReadAndConvert() => _engine!.ReadAndConvert();

    /// <summary>Get-WorkdayPatron | ConvertTo-KohaPatronCsv -ProxReport.</summary>
    [Benchmark]
    public void ReadAndConvertWithCards() => _engine!.ReadAndConvertWithCards();

    /// <summary>Get-WorkdayPatron | ConvertTo-KohaPatronCsv -ProxReport | Export-KohaPatronCsv.</summary>
    [Benchmark]
    public void Load() => _engine!.Load();
}
