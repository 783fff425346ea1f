using System.Text.Json;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Workday;

/// <summary>Something an export holds, in its order: a person, or a notice about a record that could not be read.</summary>
internal readonly record struct WorkdayItem(WorkdayPerson? Person, Notice? Notice);

/// <summary>Reads an export as a stream: constant memory whatever its size, the first people out before its end is read.</summary>
internal static class WorkdayExportReader
{
    private const int LargestBatch = 1024;

    /// <summary>
    /// The people of an export, in batches that end where the stream has to be waited for.
    /// A broken export ends with an error notice; the people before it have been given.
    /// </summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="export">What they are the export of.</param>
    /// <param name="tellsDamage">Whether the stream knows its checksum: what is no JSON is then read to its end all the same.</param>
    /// <param name="cancel">Stops it.</param>
    public static IEnumerable<IReadOnlyList<WorkdayItem>> Read(Stream stream, WorkdayExport export, bool tellsDamage = false, CancellationToken cancel = default)
    {
        var records = new ExportRecords(stream, export);
        var parser = new WorkdayRecordParser(export);
        var batch = new List<WorkdayItem>();
        while (!cancel.IsCancellationRequested)
        {
            var step = TryStep(records, parser, export, batch, out var broken);
            if (step is RecordStep.Record or RecordStep.Unreadable && batch.Count < LargestBatch)
                continue;

            if (batch.Count > 0)
            {
                yield return batch;
                batch = new List<WorkdayItem>(LargestBatch);
            }

            if (step == RecordStep.End)
            {
                if (broken is not null)
                {
                    if (tellsDamage)
                        ReadToEnd(stream);
                    yield return [new WorkdayItem(null, broken)];
                }

                yield break;
            }

            if (step == RecordStep.NeedsMore && TryFill(records, export) is { } fault)
            {
                yield return [new WorkdayItem(null, fault)];
                yield break;
            }
        }
    }

    private static RecordStep TryStep(ExportRecords records, WorkdayRecordParser parser, WorkdayExport export, List<WorkdayItem> batch, out Notice? broken)
    {
        broken = null;
        try
        {
            if (parser.HasBegun && parser.TryParse(records.Ahead, out var length) is { } person)
            {
                records.Take(length);
                export.People++;
                batch.Add(new WorkdayItem(person, null));
                return RecordStep.Record;
            }

            var step = records.Next();
            if (step == RecordStep.Record)
                batch.Add(Item(records, parser, export));
            else if (step == RecordStep.Unreadable)
                batch.Add(Unreadable(records, export, new RecordFaultException(null, records.Reason)));
            export.IsComplete = step == RecordStep.End;
            if (export is { IsComplete: true, People: > 0 })
            {
                foreach (var notice in parser.Missing())
                    batch.Add(new WorkdayItem(null, notice));
            }

            return step;
        }
        catch (ExportFaultException fault)
        {
            export.IsBroken = true;
            broken = WorkdayNotices.Broken(export, fault);
            return RecordStep.End;
        }
    }

    private static WorkdayItem Item(ExportRecords records, WorkdayRecordParser parser, WorkdayExport export)
    {
        try
        {
            if (!parser.HasBegun && parser.Begin(records.Slice) is { } fault && records.Record == 1)
                throw new ExportFaultException(fault);
            var person = parser.Parse(records.Slice);
            export.People++;
            return new WorkdayItem(person, null);
        }
        catch (Exception e) when (e is JsonException or RecordFaultException && IsTooDeep(records.Slice))
        {
            return Unreadable(records, export, new RecordFaultException(null, "is nested too deeply, more than 64 levels", e));
        }
        catch (RecordFaultException fault)
        {
            return Unreadable(records, export, fault);
        }
    }

    private static WorkdayItem Unreadable(ExportRecords records, WorkdayExport export, RecordFaultException fault)
    {
        export.Unreadable++;
        return new WorkdayItem(null, WorkdayNotices.BadRecord(export, records.Record, records.SliceLine, fault));
    }

    /// <summary>A slice is JSON: that a reader of the usual depth cannot go through it has one cause.</summary>
    private static bool IsTooDeep(ReadOnlySpan<byte> slice)
    {
        try
        {
            var reader = new Utf8JsonReader(slice);
            while (reader.Read())
            {
                // only its depth is asked
            }

            return false;
        }
        catch (JsonException)
        {
            return true;
        }
    }

    /// <summary>What is not JSON may have been damaged on the way, which says more: a stream that knows its checksum tells at its end.</summary>
    private static void ReadToEnd(Stream stream)
    {
        try
        {
            stream.CopyTo(Stream.Null);
        }
        catch (IOException)
        {
            // That the export is broken is said in any case.
        }
    }

    private static Notice? TryFill(ExportRecords records, WorkdayExport export)
    {
        try
        {
            records.Fill();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            export.IsBroken = true;
            return WorkdayNotices.ReadFailed(export, records.Record, e);
        }
    }
}
