using System.Management.Automation;

namespace KohaPatron.Host;

/// <summary>Progress on one line of stderr, where somebody watches; at most five times a second.</summary>
internal sealed class ProgressLine
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly bool _watched = !Console.IsErrorRedirected && !Console.IsOutputRedirected;
    private DateTimeOffset _next;
    private int _shown;

    public void Show(ProgressRecord record)
    {
        if (!_watched)
            return;
        if (record.RecordType == ProgressRecordType.Completed)
        {
            Clear();
            return;
        }

        var now = TimeProvider.System.GetUtcNow();
        if (now < _next)
            return;
        _next = now + Pause;
        var text = $"{record.Activity}: {record.StatusDescription}";
        text = text[..Math.Min(text.Length, Math.Max(20, Console.WindowWidth - 1))];
        Console.Error.Write("\r" + text.PadRight(_shown));
        _shown = text.Length;
    }

    public void Clear()
    {
        if (_shown == 0)
            return;
        Console.Error.Write("\r" + new string(' ', _shown) + "\r");
        _shown = 0;
    }
}
