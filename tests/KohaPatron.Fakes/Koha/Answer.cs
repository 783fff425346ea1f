using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>What is sent back.</summary>
public sealed record Answer(int Status, JsonNode? Body = null)
{
    public List<KeyValuePair<string, string>> Headers { get; init; } = [];

    public string ContentType { get; init; } = "application/json;charset=UTF-8";

    public static Answer Error(int status, string error, string? code = null)
    {
        var body = new JsonObject { ["error"] = error };
        if (code is not null)
            body["error_code"] = code;
        return new Answer(status, body);
    }

    /// <summary>A refusal by the API's schema.</summary>
    public static Answer Invalid(params IEnumerable<(string Message, string Path)> faults) => new(400, new JsonObject
    {
        ["errors"] = new JsonArray([.. faults.Select(fault => (JsonNode)new JsonObject { ["message"] = fault.Message, ["path"] = fault.Path })]),
        ["status"] = 400,
    });

    public static Answer NotFound(KohaVersion version, string error) => Error(404, error, version.TellsErrorCodes ? "not_found" : null);

    /// <summary>Koha's answer to whatever it did not expect.</summary>
    public static Answer Broken(KohaVersion version)
    {
        var answer = Error(500, "Something went wrong, check Koha logs for details.", "internal_server_error");
        return version.RendersBrokenBare ? answer.Bare() : answer;
    }

    public static Answer Unauthenticated() => Error(401, "Authentication failure.").Bare();

    /// <summary>As Koha answers before, or past, the route's own renderer.</summary>
    public Answer Bare() => this with { ContentType = "application/json; charset=utf8" };

    public Answer With(string header, string value)
    {
        Headers.Add(new(header, value));
        return this;
    }
}

/// <summary>Something that Koha did not expect: it answers 500.</summary>
public sealed class BrokenException(string message) : Exception(message);

/// <summary>Something that ends a request at once, with its answer.</summary>
internal sealed class RefusedException(Answer answer) : Exception
{
    public Answer Answer { get; } = answer;
}
