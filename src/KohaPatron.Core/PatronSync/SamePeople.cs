using KohaPatron.Core.Text;

namespace KohaPatron.Core.PatronSync;

/// <summary>Finds what of an input is one person: everything that shares a user name or, whatever zeros stand in front, a universal ID.</summary>
internal static class SamePeople
{
    public static IReadOnlyList<IReadOnlyList<T>> Group<T>(IEnumerable<T> input, Func<T, string?> userOf, Func<T, string?> universalIdOf)
    {
        var all = new List<List<T>>();
        var byUser = new Dictionary<string, List<T>>(StringComparer.OrdinalIgnoreCase);
        var byId = new Dictionary<string, List<T>>(StringComparer.Ordinal);
        foreach (var item in input)
        {
            var (user, id) = (userOf(item), UniversalIds.Key(universalIdOf(item)));
            var ofUser = user is not null && byUser.TryGetValue(user, out var known) ? known : null;
            var ofId = id.Length > 0 && byId.TryGetValue(id, out known) ? known : null;
            var same = ofUser ?? ofId;
            if (same is null)
                all.Add(same = []);
            else if (ofId is not null && ofId != same)
                Join(same, ofId);
            same.Add(item);
            if (user is not null)
                byUser[user] = same;
            if (id.Length > 0)
                byId[id] = same;
        }

        return all;

        // Two who were apart have become one by this item.
        void Join(List<T> same, List<T> other)
        {
            same.AddRange(other);
            all.Remove(other);
            foreach (var item in other)
            {
                if (userOf(item) is { } user)
                    byUser[user] = same;
                if (UniversalIds.Key(universalIdOf(item)) is { Length: > 0 } id)
                    byId[id] = same;
            }
        }
    }
}
