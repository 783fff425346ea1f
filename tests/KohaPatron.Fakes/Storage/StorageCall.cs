using Microsoft.AspNetCore.Http;

namespace KohaPatron.Fakes.Storage;

/// <summary>A request, taken apart.</summary>
/// <param name="Method">The method.</param>
/// <param name="Segments">The escaped path's segments, unescaped one by one.</param>
/// <param name="Query">The query's parameters.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body.</param>
public sealed record StorageCall(string Method, string[] Segments, IReadOnlyDictionary<string, string> Query, IHeaderDictionary Headers, byte[] Body)
{
    public bool IsMedia => this["alt"] == "media";

    public bool TakesGzip => Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal);

    public string? this[string parameter] => Query.TryGetValue(parameter, out var value) ? value : null;

    public long? Number(string parameter) => long.TryParse(this[parameter], out var number) ? number : null;
}
