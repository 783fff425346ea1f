using System.Management.Automation;
using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Storage;
using KohaPatron.Core.Workday;

namespace KohaPatron.PowerShell.Pipeline;

/// <summary>
/// What a cmdlet reads of exports: parsed ahead on a thread of its own, given and told on the pipeline's. Whoever listens at
/// the end of the pipeline knows of it, and so what it lacks.
/// </summary>
/// <param name="layouts">What the reports are called, and how they are written.</param>
/// <param name="maximumAge">How many days old an export may be before it is a warning.</param>
/// <param name="tell">Takes what there is to say.</param>
/// <param name="show">Takes how far it is, from two seconds on.</param>
internal sealed class ExportReading(ExportLayouts layouts, int maximumAge, Action<Notice> tell, Action<ProgressRecord> show)
{
    private readonly InputReading _reading = Readings.Mine.Begin();

    /// <summary>Exports as they are found and opened.</summary>
    /// <param name="store">Where exports lie that are no files; null: files only.</param>
    /// <param name="progress">Takes how far an export is read.</param>
    public WorkdayExports In(CloudStorage? store, FileProgress? progress = null) =>
        new(store is null ? null : new CloudExports(store, layouts)) { Layouts = layouts, Reading = _reading, MaximumAge = maximumAge, Progress = progress };

    /// <summary>Reads the people of some paths.</summary>
    /// <param name="store">Where exports lie that are no files; null: files only.</param>
    /// <param name="paths">Full paths of files or folders, or addresses.</param>
    /// <param name="types">Which people; null: all that are there.</param>
    /// <param name="take">Takes each person, on the pipeline's thread.</param>
    /// <param name="next">Who can work ahead on the people while they wait to be taken; null: nobody.</param>
    /// <param name="cancel">Ends the reading.</param>
    public void Read(CloudStorage? store, IReadOnlyList<string> paths, IReadOnlyCollection<WorkdayPersonType>? types, Action<WorkdayPerson> take, IWorksAhead? next, CancellationToken cancel) =>
        PipelineQueue.Run(
            (queue, stop) =>
            {
                var bar = new ReadingProgress(record => queue.Post(() => show(record)));
                foreach (var batch in In(store, bar.Show).Read(paths, types, stop))
                    queue.Post(() => Take(batch, take), () => WorkAhead(batch, next));
                bar.End();
            },
            cancel);

    /// <summary>Tells of a path that leads nowhere, and keeps that nobody of it was read.</summary>
    public void TellLost(Notice notice)
    {
        _reading.AddLost($"{notice.Target} could not be read");
        tell(notice);
    }

    private static void WorkAhead(IReadOnlyList<WorkdayItem> batch, IWorksAhead? next)
    {
        for (var i = 0; next is not null && i < batch.Count; i++)
        {
            if (batch[i].Person is { } person)
                next.WorkAhead(person);
        }
    }

    private void Take(IReadOnlyList<WorkdayItem> batch, Action<WorkdayPerson> take)
    {
        foreach (var item in batch)
        {
            if (item.Notice is { } notice)
                tell(notice);
            else
                take(item.Person!);
        }
    }
}
