using System.Text.RegularExpressions;

namespace KohaPatron.Fakes.Koha;

/// <summary>A request that came in, and what it was answered.</summary>
/// <param name="Method">GET, PUT and so on.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Body">The body as text.</param>
/// <param name="Status">The status of the answer; of a fault without one, the fault's.</param>
/// <param name="UserAgent">Who asked.</param>
/// <param name="Time">When it came in.</param>
public sealed partial record SeenRequest(string Method, string Path, string Body, int Status, string UserAgent, DateTimeOffset Time)
{
    /// <summary>The route, as in "PUT /patrons/{id}".</summary>
    public string Route => $"{Method} {Id().Replace(Path.Split('?')[0].Replace("/api/v1", "", StringComparison.Ordinal), "{id}")}";

    [GeneratedRegex("(?<=/)[0-9]+(?=/|$)")]
    private static partial Regex Id();
}
