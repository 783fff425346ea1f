using System.Collections.Concurrent;

namespace KohaPatron.PowerShell.Pipeline;

/// <summary>
/// Lets work run ahead on another thread while everything it has to say is said on the pipeline's thread, which alone may
/// write objects. The queue is bounded: the work waits when nobody takes its results.
/// </summary>
internal sealed class PipelineQueue : IDisposable
{
    private const int Ahead = 3;

    private readonly BlockingCollection<Action> _actions = new(Ahead);
    private readonly CancellationToken _cancel;

    private PipelineQueue(CancellationToken cancel) => _cancel = cancel;

    /// <summary>Hands something to the pipeline's thread; waits while the queue is full.</summary>
    public void Post(Action action) => _actions.Add(action, _cancel);

    /// <summary>The same; where the queue is full, and this thread would only wait, it does something else first.</summary>
    public void Post(Action action, Action instead)
    {
        if (_actions.TryAdd(action))
            return;
        instead();
        Post(action);
    }

    /// <summary>Asks something on the pipeline's thread and waits for the answer.</summary>
    public bool Ask(Func<bool> question)
    {
        var answer = new TaskCompletionSource<bool>();
        using var stopped = _cancel.Register(() => answer.TrySetCanceled());
        Post(() =>
        {
            try
            {
                answer.TrySetResult(question());
            }
            finally
            {
                // After an exception, which is the pipeline's own, who asked must not wait for ever.
                answer.TrySetCanceled();
            }
        });
        return answer.Task.GetAwaiter().GetResult();
    }

    /// <summary>Runs the work and, on the calling thread, all that it posts. Ends when the work has ended.</summary>
    public static void Run(Action<PipelineQueue, CancellationToken> work, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var queue = new PipelineQueue(stop.Token);
        var task = Task.Factory.StartNew(() => queue.Work(work), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var action in queue._actions.GetConsumingEnumerable(stop.Token))
                action();
        }
        finally
        {
            // Nobody takes results any more: a cmdlet downstream has enough, or the pipeline was stopped.
            stop.Cancel();
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        }

        task.GetAwaiter().GetResult();
    }

    /// <summary>The same with work that waits for others.</summary>
    public static void Run(Func<PipelineQueue, CancellationToken, Task> work, CancellationToken cancel) =>
        Run((queue, stop) => work(queue, stop).GetAwaiter().GetResult(), cancel);

    /// <summary>Waits for a result that needs nothing of the pipeline on its way.</summary>
    public static T Wait<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        var result = default(T);
        Run(async (_, stop) => result = await work(stop), cancel);
        cancel.ThrowIfCancellationRequested();
        return result!;
    }

    public void Dispose() => _actions.Dispose();

    private void Work(Action<PipelineQueue, CancellationToken> work)
    {
        try
        {
            work(this, _cancel);
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            // What was left to say is no longer wanted.
        }
        finally
        {
            _actions.CompleteAdding();
        }
    }
}
