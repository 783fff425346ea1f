using KohaPatron.Core.Notices;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Drift;

/// <summary>Reads the shape of an export as a stream.</summary>
internal static class ExportShapeReader
{
    /// <exception cref="KohaPatronException">The export is broken: its shape would mislead.</exception>
    public static ExportShape Read(Stream stream, WorkdayExport export, CancellationToken cancel = default)
    {
        var shape = new ExportShape();
        try
        {
            ReadTo(shape, new ExportRecords(stream, export), cancel);
            return shape;
        }
        catch (ExportFaultException fault)
        {
            export.People = shape.People;
            throw new KohaPatronException(WorkdayNotices.Broken(export, fault));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KohaPatronException(WorkdayNotices.ReadFailed(export, shape.People, e));
        }
    }

    private static void ReadTo(ExportShape shape, ExportRecords records, CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            switch (records.Next())
            {
                case RecordStep.Record:
                    shape.Add(records.Slice);
                    break;
                case RecordStep.NeedsMore:
                    records.Fill();
                    break;
                case RecordStep.End:
                    return;
                default:
                    // A record too large for a person is passed over; those behind it count.
                    break;
            }
        }
    }
}
