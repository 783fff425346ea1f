using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace KohaPatron.Core.Koha.Csv;

/// <summary>
/// Writes rows as Koha's import takes them: UTF-8 without BOM, LF, RFC 4180 quoting, one line a row. Quoting and writing
/// run on a thread of their own, a few batches behind at most, so that the pipeline can go on making rows.
/// </summary>
internal sealed class RowWriter : IDisposable
{
    private const int BatchSize = 256;
    private const int Behind = 2;
    private const int BufferSize = 64 * 1024;

    private readonly BlockingCollection<List<string[]>> _batches = new(Behind);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _writing;
    private List<string[]> _batch = new(BatchSize);

    /// <param name="stream">Where the rows go; left open.</param>
    public RowWriter(Stream stream) =>
        _writing = Task.Factory.StartNew(() => WriteAll(stream), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Adds a row; its values must be on one line each.</summary>
    /// <exception cref="IOException">An earlier row could not be written.</exception>
    public void Add(string[] values)
    {
        _batch.Add(values);
        if (_batch.Count == BatchSize)
            HandOver();
    }

    /// <summary>Waits until everything is written.</summary>
    /// <exception cref="IOException">A row could not be written.</exception>
    public void Complete()
    {
        HandOver();
        _batches.CompleteAdding();
        _writing.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _stop.Cancel();
        ((IAsyncResult)_writing).AsyncWaitHandle.WaitOne();
        _batches.Dispose();
        _stop.Dispose();
    }

    private void HandOver()
    {
        // A writer that failed takes no more batches: its exception comes out here instead of a wait without end.
        while (!_batches.TryAdd(_batch, millisecondsTimeout: 100))
        {
            if (_writing.IsCompleted)
                _writing.GetAwaiter().GetResult();
        }

        _batch = new List<string[]>(BatchSize);
    }

    private void WriteAll(Stream stream)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize, leaveOpen: true);
        using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n", BufferSize = BufferSize });
        try
        {
            foreach (var batch in _batches.GetConsumingEnumerable(_stop.Token))
            {
                foreach (var row in batch)
                {
                    foreach (var value in row)
                        csv.WriteField(value);
                    csv.NextRecord();
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The file is thrown away.
        }
    }
}
