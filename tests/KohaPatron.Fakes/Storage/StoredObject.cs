using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Storage;

/// <summary>One generation of an object.</summary>
public sealed class StoredObject
{
    private readonly Func<Stream> _open;

    private StoredObject(string bucket, string name, long generation, Func<Stream> open)
    {
        (Bucket, Name, Generation, _open) = (bucket, name, generation, open);
        using var stream = open();
        Length = stream.Length;
        (Crc32c, Md5) = Hashes(stream);
    }

    public string Bucket { get; }

    public string Name { get; }

    public long Generation { get; }

    public long Metageneration { get; set; } = 1;

    public long Length { get; }

    public string Crc32c { get; set; }

    public string Md5 { get; }

    /// <summary>Fields that were given when it was made, such as contentType and contentEncoding.</summary>
    public JsonObject Given { get; init; } = [];

    public DateTimeOffset Created { get; } = TimeProvider.System.GetUtcNow();

    public bool IsLive { get; set; } = true;

    public string? ContentEncoding => (string?)Given["contentEncoding"];

    public static StoredObject Of(string bucket, string name, long generation, byte[] content, JsonObject given) =>
        new(bucket, name, generation, () => new MemoryStream(content, writable: false)) { Given = given };

    public static StoredObject OfFile(string bucket, string name, long generation, string path) =>
        new(bucket, name, generation, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous));

    public Stream Open() => _open();

    /// <summary>The object as metadata; on the real service a composite object has no MD5.</summary>
    public JsonObject Describe(bool isReal)
    {
        var time = Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        var fields = new JsonObject
        {
            ["kind"] = "storage#object",
            ["id"] = $"{Bucket}/o/{Name}/{Generation.ToString(CultureInfo.InvariantCulture)}",
            ["name"] = Name,
            ["bucket"] = Bucket,
            ["generation"] = Generation.ToString(CultureInfo.InvariantCulture),
            ["metageneration"] = Metageneration.ToString(CultureInfo.InvariantCulture),
            ["crc32c"] = Crc32c,
            ["timeCreated"] = time,
            ["updated"] = time,
            ["timeFinalized"] = time,
            ["etag"] = "c4ca4238a0b923820dcc509a6f75849b",
        };
        if (Crc32c.Length == 0)
            fields.Remove("crc32c");
        // The test server leaves a size of nought out.
        if (Length > 0 || isReal)
            fields["size"] = Length.ToString(CultureInfo.InvariantCulture);
        if (Md5.Length > 0 && !(isReal && Given.ContainsKey("componentCount")))
            fields["md5Hash"] = Md5;
        foreach (var (name, value) in Given)
            fields[name] = value?.DeepClone();
        return fields;
    }

    private static (string Crc32c, string Md5) Hashes(Stream stream)
    {
        // The algorithm is the service's own; nothing is kept safe by it.
#pragma warning disable CA5351
        using var md5 = MD5.Create();
#pragma warning restore CA5351
        var crc = uint.MaxValue;
        var buffer = new byte[256 * 1024];
        while (stream.Read(buffer) is > 0 and var read)
        {
            md5.TransformBlock(buffer, 0, read, null, 0);
            foreach (var one in buffer.AsSpan(0, read))
                crc = BitOperations.Crc32C(crc, one);
        }

        md5.TransformFinalBlock([], 0, 0);
        return (Base64(~crc), Convert.ToBase64String(md5.Hash!));
    }

    /// <summary>A checksum as the service writes it.</summary>
    public static string Base64(uint crc)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, crc);
        return Convert.ToBase64String(bytes);
    }
}
