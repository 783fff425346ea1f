using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>A key of the API, and what the patron it belongs to may do.</summary>
public sealed record ApiClient(string Id, string Secret, int PatronId, Permissions Permissions, string UserId)
{
    internal static ApiClient From(JsonObject client) => new(
        (string)client["client_id"]!,
        (string)client["client_secret"]!,
        (int)client["patron_id"]!,
        new Permissions((string)client["permissions"]!),
        (string)client["client"]!);
}
