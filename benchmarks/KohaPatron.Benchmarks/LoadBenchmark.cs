using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace KohaPatron.Benchmarks;

/// <summary>The main job, and the three parts of its floor: what no loader in this engine could do without.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "GlobalCleanup disposes it")]
public class LoadBenchmark
{
    public const int People = 200_000;

    private LoadFiles? _files;
    private WarmEngine? _engine;
    private byte[] _json = [];
    private byte[] _csv = [];

    [GlobalSetup]
    public void SetUp()
    {
        _files = new LoadFiles(People);
        _engine = new WarmEngine(withModule: true);
        _engine.Load(_files);
        _json = File.ReadAllBytes(_files.Export);
        _csv = File.ReadAllBytes(_files.Csv);
    }

    [GlobalCleanup]
    public void CleanUp() => _engine?.Dispose();

    /// <summary>Utf8JsonReader over the export's bytes.</summary>
    [Benchmark]
    public long WalkJson()
    {
        var reader = new Utf8JsonReader(_json);
        long tokens = 0;
        while (reader.Read())
            tokens++;
        return tokens;
    }

    /// <summary>As many ready-made objects through three cmdlets that do nothing.</summary>
    [Benchmark]
    public void EmptyPipeline() => _engine!.EmptyPipeline(People);

    /// <summary>The import file's bytes to disk.</summary>
    [Benchmark]
    public void RawWrite() => File.WriteAllBytes(_files!.Csv, _csv);

    /// <summary>Get-WorkdayPatron | ConvertTo-KohaPatronCsv -ProxReport | Export-KohaPatronCsv.</summary>
    [Benchmark]
    public void Load() => _engine!.Load(_files!);
}
