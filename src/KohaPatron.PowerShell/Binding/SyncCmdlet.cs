using System.Globalization;
using System.Management.Automation;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.PatronSync.Apply;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.Settings;
using KohaPatron.PowerShell.Pipeline;

namespace KohaPatron.PowerShell.Binding;

/// <summary>What the cmdlets that change patrons share: the brake, the question per patron, the progress, and what cannot be told any more.</summary>
public abstract class SyncCmdlet : JournalCmdlet
{
    private readonly System.Diagnostics.Stopwatch _whole = System.Diagnostics.Stopwatch.StartNew();
    private KohaConnection? _connection;
    private RunProgress? _progress;
    private int _requestsBefore;
    private int _done;

    /// <summary>How many patrons may change; left out: a fifth of the people, and at least 25. More than that, and nothing is written.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaximumChange { get; set; } = -1;

    /// <summary>The connection; that there is none is said before anything is read.</summary>
    private protected KohaConnection Koha => _connection!;

    /// <summary>What the run cost, for the totals.</summary>
    private protected string Cost => $"{Number(_whole.Elapsed.TotalSeconds)} s, {Number(Koha.Http.Requests - _requestsBefore)} requests";

    /// <summary>What is worked on, as the progress says it.</summary>
    private protected abstract string Activity { get; }

    /// <summary>What is asked for a line: what is to happen, without names and card numbers.</summary>
    private protected abstract string Action(PatronLine line);

    /// <summary>Why a patron is left alone whatever a line says; null: nobody is.</summary>
    private protected virtual Func<PatronRecord, string?>? LeavesAlone => null;

    /// <summary>Asks whether a line is to be carried out; under -WhatIf it is shown.</summary>
    private protected abstract bool Ask(PatronLine line);

    protected override void Begin()
    {
        _connection = GetConnection();
        _requestsBefore = _connection.Http.Requests;
    }

    /// <summary>Carries out, with a question for each line; nothing is written anywhere under -WhatIf.</summary>
    private protected void Run(Func<SyncRun, CancellationToken, Task> work, KohaPatronSettings settings, int toApply, Action<SyncResult> report)
    {
        var unsaid = new List<Notice>();
        _progress = new RunProgress(Activity, "patrons");
        _progress.Begin(toApply);
        try
        {
            PipelineQueue.Run(
                (queue, cancel) =>
                {
                    var terms = new SyncTerms(
                        JournalOf(Koha),
                        BrakeOf(MaximumChange),
                        IsWhatIf,
                        line => queue.Ask(() => Ask(line)),
                        result => queue.Post(() =>
                        {
                            TellProgress();
                            report(result);
                        }),
                        Tell: notice => TellOrKeep(queue, notice, unsaid))
                    {
                        LeavesAlone = LeavesAlone,
                    };
                    work(new SyncRun(Koha, settings.Attributes.UniversalId, terms), cancel).GetAwaiter().GetResult();
                },
                Cancel);
        }
        finally
        {
            if (_progress.End is { } end && !Stopping)
                WriteProgress(end);
            // A stopped pipeline takes no errors any more; what is wrong in Koha must be said all the same.
            foreach (var notice in unsaid)
                Host.UI.WriteErrorLine(notice.ToString());
        }
    }

    /// <summary>Carries out a plan and gives the results in its order. Nothing is told of anybody before the whole plan has passed.</summary>
    /// <param name="plan">The lines; null: this one is not carried out.</param>
    /// <param name="people">Among how many people the brake counts.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="done">The result of a line; null: there is none to give.</param>
    /// <param name="leftAlone">The result of the line at a place that is not carried out.</param>
    /// <param name="report">Gives a result.</param>
    /// <param name="passed">What else is to be done when the plan has passed.</param>
    private protected void Apply<TResult>(IReadOnlyList<PatronLine?> plan, int people, KohaPatronSettings settings, Func<SyncResult, TResult?> done, Func<int, TResult?> leftAlone, Action<TResult> report, Action? passed = null)
        where TResult : class
    {
        var places = Enumerable.Range(0, plan.Count).Where(place => plan[place] is not null).ToList();
        var results = new InputOrder<TResult?>(ReportAny);
        var hasPassed = false;
        try
        {
            Run((run, cancel) => run.ApplyAsync([.. places.Select(place => plan[place]!)], people, cancel), settings, places.Count, result =>
            {
                Pass();
                results.Add(places[result.Place], done(result));
            });
            Pass();
        }
        finally
        {
            results.Flush();
        }

        void Pass()
        {
            if (hasPassed)
                return;
            hasPassed = true;
            foreach (var place in Enumerable.Range(0, plan.Count).Except(places))
                results.Add(place, leftAlone(place));
            passed?.Invoke();
        }

        void ReportAny(TResult? result)
        {
            if (result is not null)
                report(result);
        }
    }

    /// <summary>The brake of a parameter; below 0 it was left out.</summary>
    private protected static ChangeBrake BrakeOf(int maximum) => new(maximum >= 0 ? maximum : null);

    /// <summary>What undo asks for a line that gives fields their old values.</summary>
    private protected static string GivingBack(PatronLine line) =>
        $"Give {line.UserId} (patron {line.PatronId}) back what was there before the run: {string.Join(", ", line.Fields.Select(change => PatronFields.InWords(change.Field)).Distinct())}.";

    private void TellProgress()
    {
        if (_progress!.IsDue(++_done) is { } record)
            WriteProgress(record);
    }

    private void TellOrKeep(PipelineQueue queue, Notice notice, List<Notice> unsaid)
    {
        try
        {
            queue.Post(() => Tell(notice));
        }
        catch (OperationCanceledException)
        {
            unsaid.Add(notice);
        }
    }

    private protected static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
