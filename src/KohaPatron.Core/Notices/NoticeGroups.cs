using KohaPatron.Core.Text;

namespace KohaPatron.Core.Notices;

/// <summary>A cause is said once: its first notices are shown one by one, and then only how many more there were.</summary>
internal sealed class NoticeGroups
{
    private const int Few = 10;

    private readonly Dictionary<(NoticeLevel Level, string Code), Group> _groups = [];

    private sealed class Group(Notice first)
    {
        public Notice First { get; } = first;

        public HashSet<string> Shown { get; } = new(StringComparer.Ordinal);

        public long All { get; set; }

        public long Untold { get; set; }
    }

    /// <summary>Whether a notice is one of the few of its cause that are shown. The same words are not said twice.</summary>
    public bool Shows(Notice notice)
    {
        if (notice.Level < NoticeLevel.Warning)
            return true;
        var key = (notice.Level, notice.Code);
        if (!_groups.TryGetValue(key, out var group))
            _groups.Add(key, group = new Group(notice));
        group.All++;
        if (group.Shown.Count < Few && group.Shown.Add(notice.ToString()))
            return true;
        group.Untold++;
        return false;
    }

    /// <summary>A notice for each cause of which some were not shown; to be asked for at the end.</summary>
    public IReadOnlyList<Notice> Rest()
    {
        List<Notice> rest = [.. _groups.Values.Where(group => group.Untold > 0).Select(group => group.First with
        {
            Text = $"{group.First.Code}: {Counted.Number(group.Untold)} more of these, {Counted.Number(group.All)} in all.",
            Target = null,
            Action = "-Verbose shows each.",
            Cause = null,
        })];
        _groups.Clear();
        return rest;
    }
}
