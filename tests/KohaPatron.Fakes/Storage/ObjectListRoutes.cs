using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KohaPatron.Fakes.Storage;

/// <summary>The names in a bucket.</summary>
internal sealed class ObjectListRoutes(StorageState state, StorageRefusals refusals, FakeStorageOptions options)
{
    public StorageAnswer List(StorageCall call, string bucketName)
    {
        if (state.Find(bucketName) is not { } bucket)
            return refusals.NoBucket(call, bucketName);
        if (refusals.Forbidden(call, bucket, "storage.objects.list") is { } forbidden)
            return forbidden;
        var delimiter = call["delimiter"] ?? "";
        var prefixes = new SortedSet<string>(StringComparer.Ordinal);
        var items = new List<StoredObject>();
        foreach (var stored in Matching(call, bucket))
        {
            var prefix = call["prefix"] ?? "";
            var at = delimiter.Length == 0 ? -1 : stored.Name.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            if (at < 0 || (call["includeTrailingDelimiter"] == "true" && at == stored.Name.Length - delimiter.Length))
                items.Add(stored);
            if (at >= 0)
                prefixes.Add(stored.Name[..(at + delimiter.Length)]);
        }

        return options.IsReal ? Page(call, items, prefixes) : Answer(call, items, prefixes, next: null);
    }

    private static IEnumerable<StoredObject> Matching(StorageCall call, Bucket bucket)
    {
        var found = bucket.Objects
            .Where(stored => (stored.IsLive || call["versions"] == "true") && stored.Name.StartsWith(call["prefix"] ?? "", StringComparison.Ordinal))
            .Where(stored => call["startOffset"] is not { } start || string.CompareOrdinal(stored.Name, start) >= 0)
            .Where(stored => call["endOffset"] is not { } end || string.CompareOrdinal(stored.Name, end) < 0);
        if (call["matchGlob"] is { } glob)
            found = found.Where(stored => Regex.IsMatch(stored.Name, "^" + Regex.Escape(glob).Replace("\\*", "[^/]*", StringComparison.Ordinal) + "$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        return found.OrderBy(stored => stored.Name, StringComparer.Ordinal).ThenBy(stored => stored.Generation);
    }

    /// <summary>A page of the real service; its first one is empty, which is allowed, and which clients forget.</summary>
    private StorageAnswer Page(StorageCall call, List<StoredObject> items, SortedSet<string> prefixes)
    {
        var size = Math.Min(options.PageSize, (int)(call.Number("maxResults") ?? int.MaxValue));
        if (items.Count <= size)
            return Answer(call, items, prefixes, next: null);
        if (call["pageToken"] is not { } token)
            return Answer(call, [], [], "0");
        var start = int.Parse(token, CultureInfo.InvariantCulture);
        var next = start + size < items.Count ? (start + size).ToString(CultureInfo.InvariantCulture) : null;
        return Answer(call, [.. items.Skip(start).Take(size)], next is null ? prefixes : [], next);
    }

    private StorageAnswer Answer(StorageCall call, List<StoredObject> items, SortedSet<string> prefixes, string? next)
    {
        var answer = new JsonObject { ["kind"] = "storage#objects" };
        if (items.Count > 0 || !options.IsReal)
            answer["items"] = new JsonArray([.. items.Select(stored => stored.Describe(options.IsReal))]);
        if (prefixes.Count > 0 || !options.IsReal)
            answer["prefixes"] = new JsonArray([.. prefixes.Select(prefix => (JsonNode)prefix)]);
        if (next is not null)
            answer["nextPageToken"] = next;
        return StorageAnswer.Of(Fields.Of(answer, call["fields"]));
    }
}
