using KohaPatron.Core.Text;

namespace KohaPatron.Core.Notices;

/// <summary>A cause is said once: its first notices are shown one by one, what to do with the first alone, and then only how many more there were.</summary>
internal sealed class NoticeGroups
{
    private const int Few = 10;

    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);

    private sealed class Group(Notice first)
    {
        public Notice First { get; } = first;

        public HashSet<string> Shown { get; } = new(StringComparer.Ordinal);

        public long All { get; set; }

        public long Untold { get; set; }
    }

    /// <summary>A notice as it is shown, where it is one of the few of its cause that are; else null. The same words are not said twice.</summary>
    public Notice? Shown(Notice notice)
    {
        if (notice.Level < NoticeLevel.Warning)
            return notice;
        var key = notice.Level == NoticeLevel.Error ? "Error " + notice.Code : notice.Code;
        if (!_groups.TryGetValue(key, out var group))
            _groups.Add(key, group = new Group(notice));
        group.All++;
        if (group.Shown.Count < Few && group.Shown.Add(notice.Text))
            return group.All > 1 && notice.Action == group.First.Action ? notice with { Action = null } : notice;
        group.Untold++;
        return null;
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
