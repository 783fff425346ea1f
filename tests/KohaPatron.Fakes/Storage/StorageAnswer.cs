using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Storage;

/// <summary>What is sent back: headers, and a body that may be long.</summary>
public sealed class StorageAnswer(int status)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int Status => status;

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>Opens the body at its beginning.</summary>
    public Func<Stream> Body { get; init; } = () => Stream.Null;

    /// <summary>The length of the body; null: not told.</summary>
    public long? Length { get; init; } = 0;

    public static StorageAnswer Of(JsonNode body, int status = 200) => Text(status, "application/json", body.ToJsonString(Json));

    public static StorageAnswer Text(int status, string type, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new StorageAnswer(status) { Body = () => new MemoryStream(bytes), Length = bytes.Length }.With("Content-Type", type);
    }

    /// <summary>A refusal as the test server words it: JSON within JSON.</summary>
    public static StorageAnswer TestError(int status, string message)
    {
        var inner = new JsonObject { ["error"] = new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["domain"] = "global", ["message"] = message }) } };
        return Of(new JsonObject { ["error"] = new JsonObject { ["code"] = status, ["message"] = Spaced(inner) } }, status);
    }

    /// <summary>A refusal as the real service words it; for content as plain text that is called HTML.</summary>
    public static StorageAnswer RealError(int status, string reason, string message, bool isMedia, bool namesHeader = false)
    {
        if (isMedia)
            return Text(status, "text/html; charset=UTF-8", message);
        var error = new JsonObject { ["message"] = message, ["domain"] = "global", ["reason"] = reason };
        if (namesHeader)
            (error["locationType"], error["location"]) = ("header", "Authorization");
        return Of(new JsonObject { ["error"] = new JsonObject { ["code"] = status, ["message"] = message, ["errors"] = new JsonArray(error) } }, status);
    }

    public StorageAnswer With(string header, string value)
    {
        Headers.Add(new(header, value));
        return this;
    }

    /// <summary>What the service says in JSON is compressed for who takes it so, as Google's services do; content is as it is stored.</summary>
    public StorageAnswer Zipped()
    {
        if (!Headers.Contains(new("Content-Type", "application/json")))
            return this;
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        using (var body = Body())
            body.CopyTo(gzip);
        var bytes = zipped.ToArray();
        var answer = new StorageAnswer(status) { Body = () => new MemoryStream(bytes), Length = bytes.Length };
        answer.Headers.AddRange(Headers);
        return answer.With("Content-Encoding", "gzip");
    }

    /// <summary>JSON as Python writes it: a space after each colon and comma, and letters beyond ASCII as numbers.</summary>
    private static string Spaced(JsonObject json)
    {
        var text = new StringBuilder();
        var quoted = false;
        var written = json.ToJsonString(Json);
        for (var i = 0; i < written.Length; i++)
        {
            quoted ^= written[i] == '"' && (i == 0 || written[i - 1] != '\\');
            text.Append(written[i] < 128 ? written[i].ToString() : $"\\u{(int)written[i]:x4}");
            if (!quoted && written[i] is ':' or ',')
                text.Append(quoted ? string.Empty : " ");
        }

        return text.ToString();
    }
}
