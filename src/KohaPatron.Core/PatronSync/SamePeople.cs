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
            var same = (user is not null && byUser.TryGetValue(user, out var known)) || (id.Length > 0 && byId.TryGetValue(id, out known)) ? known! : null;
            if (same is null)
                all.Add(same = []);
            same.Add(item);
            if (user is not null)
                byUser[user] = same;
            if (id.Length > 0)
                byId[id] = same;
        }

        return all;
    }
}
