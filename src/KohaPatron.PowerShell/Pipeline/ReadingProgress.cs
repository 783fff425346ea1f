using System.Management.Automation;

namespace KohaPatron.PowerShell.Pipeline;

/// <summary>How far the files of a run are read, one after the other.</summary>
internal sealed class ReadingProgress(Action<ProgressRecord> show)
{
    private RunProgress? _bar;
    private string? _name;

    /// <summary>Takes how far a file is read.</summary>
    public void Show(string name, long done, long size)
    {
        if (name != _name)
        {
            End();
            (_name, _bar) = (name, RunProgress.OfBytes($"Reading {name}"));
            _bar.Begin(size);
        }

        if (_bar!.IsDue(done) is { } record)
            show(record);
    }

    /// <summary>Takes the bar of the last file away.</summary>
    public void End()
    {
        if (_bar?.End is { } record)
            show(record);
    }
}
