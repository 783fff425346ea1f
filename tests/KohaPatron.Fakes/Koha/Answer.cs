using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>What is sent back.</summary>
public sealed record Answer(int Status, JsonNode? Body = null)
{
    public List<KeyValuePair<string, string>> Headers { get; } = [];

    public static Answer Error(int status, string error) => new(status, new JsonObject { ["error"] = error });

    /// <summary>A refusal by the API's schema.</summary>
    public static Answer Invalid(params IEnumerable<(string Message, string Path)> faults) => new(400, new JsonObject
    {
        ["errors"] = new JsonArray([.. faults.Select(fault => (JsonNode)new JsonObject { ["message"] = fault.Message, ["path"] = fault.Path })]),
        ["status"] = 400,
    });

    /// <summary>Koha's answer to whatever it did not expect.</summary>
    public static Answer Broken() => new(500, new JsonObject
    {
        ["error"] = "Something went wrong, check Koha logs for details.",
        ["error_code"] = "internal_server_error",
    });

    public static Answer Unauthenticated() => Error(401, "Authentication failure.");

    public Answer With(string header, string value)
    {
        Headers.Add(new(header, value));
        return this;
    }
}
