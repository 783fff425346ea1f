using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Storage;

/// <summary>Making buckets and objects, as the recording did before it read them.</summary>
internal sealed class UploadRoutes(StorageState state)
{
    public StorageAnswer CreateBucket(StorageCall call)
    {
        var given = JsonNode.Parse(call.Body)!.AsObject();
        var name = (string)given["name"]!;
        if (state.Find(name) is not null)
            return StorageAnswer.TestError(409, "resource already exists");
        state.Add(new Bucket(name) { IsVersioned = (bool?)given["versioning"]?["enabled"] ?? false, RequesterPays = (bool?)given["billing"]?["requesterPays"] ?? false });
        return GetBucket(name, given);
    }

    public StorageAnswer GetBucket(string name) => state.Find(name) is null ? StorageAnswer.TestError(404, $"Bucket {name} does not exist.") : GetBucket(name, []);

    public StorageAnswer Upload(StorageCall call, string bucket)
    {
        var (given, content) = call["uploadType"] == "multipart" ? Parts(call) : (new JsonObject(), call.Body);
        var name = (string?)given["name"] ?? call["name"]!;
        given.Remove("name");
        var expected = (string?)given["crc32c"];
        given.Remove("crc32c");
        var mark = call["uploadType"] == "multipart" ? "multipart" : "simple";
        var metadata = given["metadata"]?.DeepClone().AsObject() ?? [];
        metadata["x_emulator_upload"] = mark;
        metadata["x_testbench_upload"] = mark;
        given["metadata"] = metadata;
        var stored = StoredObject.Of(bucket, name, 0, content, []);
        return expected is not null && expected != stored.Crc32c
            ? StorageAnswer.TestError(412, $"crc32c validation failed. Expected = {Number(stored.Crc32c)} vs Actual = {Number(expected)}.")
            : StorageAnswer.Of(state.Put(bucket, name, content, given).Describe(isReal: false));
    }

    private static StorageAnswer GetBucket(string name, JsonObject given)
    {
        var bucket = new JsonObject
        {
            ["kind"] = "storage#bucket",
            ["id"] = name,
            ["name"] = name,
            ["projectNumber"] = "123456789",
            ["metageneration"] = "1",
            ["storageClass"] = "STANDARD",
            ["rpo"] = "DEFAULT",
            ["etag"] = "c4ca4238a0b923820dcc509a6f75849b",
            ["timeCreated"] = "",
            ["updated"] = "",
            ["iamConfiguration"] = new JsonObject { ["publicAccessPrevention"] = "inherited", ["uniformBucketLevelAccess"] = new JsonObject() },
        };
        foreach (var (key, value) in given)
            bucket[key] = value?.DeepClone();
        return StorageAnswer.Of(bucket);
    }

    /// <summary>The metadata and the content of a multipart/related body.</summary>
    private static (JsonObject Given, byte[] Content) Parts(StorageCall call)
    {
        var type = call.Headers.ContentType.ToString();
        var boundary = Encoding.Latin1.GetBytes("--" + type[(type.IndexOf("boundary=", StringComparison.Ordinal) + 9)..].Trim('"'));
        var body = call.Body.AsSpan();
        var first = body[(body.IndexOf(boundary) + boundary.Length)..];
        var second = first[(first.IndexOf(boundary) + boundary.Length)..];
        return (JsonNode.Parse(Inner(first, boundary))!.AsObject(), Inner(second, boundary));
    }

    private static byte[] Inner(ReadOnlySpan<byte> part, ReadOnlySpan<byte> boundary)
    {
        var start = part.IndexOf("\r\n\r\n"u8) + 4;
        var length = part[start..].IndexOf(boundary);
        return part.Slice(start, length - 2).ToArray();
    }

    private static uint Number(string crc32c) => BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(crc32c));
}
