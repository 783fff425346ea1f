using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Storage;

/// <summary>One object: its metadata, its content, its deletion.</summary>
internal sealed class ObjectRoutes(StorageState state, StorageRefusals refusals, bool isReal)
{
    public StorageAnswer Get(StorageCall call, string bucketName, string name)
    {
        if (state.Find(bucketName) is not { } bucket)
            return refusals.NoBucket(call, bucketName);
        if (refusals.Forbidden(call, bucket, "storage.objects.get") is { } forbidden)
            return forbidden;
        if (call.Number("generation") is { } generation && bucket.Objects.Find(each => each.Name == name && each.Generation == generation) is null)
            return refusals.NoGeneration(call, bucketName, name, generation);
        var stored = call.Number("generation") is { } number ? bucket.Objects.Find(each => each.Name == name && each.Generation == number) : bucket.Live(name);
        if (stored is null)
            return bucket.CannotList && isReal ? StorageRefusals.MayNotExist(call, "storage.objects.get") : refusals.NoObject(call, bucketName, name);
        if (Precondition(call, stored) is { } failed)
            return failed;
        return call["alt"] switch
        {
            null or "json" => StorageAnswer.Of(Fields.Of(stored.Describe(isReal), call["fields"])),
            "media" => Content(call, stored),
            _ => StorageAnswer.Text(500, "application/json", "(a server trace, left out)"),
        };
    }

    public StorageAnswer Delete(string bucketName, string name)
    {
        state.Delete(bucketName, name);
        return isReal ? new StorageAnswer(204) : new StorageAnswer(200).With("Content-Type", "text/html; charset=utf-8");
    }

    public StorageAnswer Content(StorageCall call, StoredObject stored)
    {
        if (stored.ContentEncoding == "gzip" && !call.TakesGzip)
            return Unzipped(stored);
        var (status, from, to) = Range(call.Headers.Range.ToString(), stored.Length);
        if (status == 416)
            return refusals.NoRange(call);
        var answer = new StorageAnswer(status)
        {
            Body = () =>
            {
                var stream = stored.Open();
                stream.Position = Math.Max(0, from);
                return stream;
            },
            Length = to - Math.Max(0, from) + 1,
        };
        if (status == 206 || !isReal)
            answer.With("Content-Range", $"bytes {N(from)}-{N(to)}/{N(stored.Length)}");
        Describe(answer, stored);
        if (stored.ContentEncoding is { } encoding)
            answer.With("Content-Encoding", encoding);
        return answer;
    }

    private StorageAnswer? Precondition(StorageCall call, StoredObject stored)
    {
        if (call.Number("ifGenerationNotMatch") == stored.Generation)
            return new StorageAnswer(304) { Length = null };
        if (call.Number("ifGenerationMatch") is { } generation && generation != stored.Generation)
            return refusals.Precondition(call, "ifGenerationMatch", generation, stored.Generation);
        if (call.Number("ifMetagenerationMatch") is { } metageneration && metageneration != stored.Metageneration)
            return refusals.Precondition(call, "ifMetagenerationMatch", metageneration, stored.Metageneration);
        return null;
    }

    /// <summary>What the server unzips has no length that it knows beforehand, and a range is ignored; the checksum is of the stored bytes.</summary>
    private StorageAnswer Unzipped(StoredObject stored)
    {
        var content = new MemoryStream();
        using (var gzip = new GZipStream(stored.Open(), CompressionMode.Decompress))
            gzip.CopyTo(content);
        var answer = new StorageAnswer(200) { Body = () => new MemoryStream(content.ToArray()), Length = isReal ? null : content.Length };
        if (!isReal)
            answer.With("Content-Range", $"bytes 0-{N(content.Length - 1)}/{N(content.Length)}");
        answer.With("x-guploader-response-body-transformations", "gunzipped");
        Describe(answer, stored);
        return answer;
    }

    private void Describe(StorageAnswer answer, StoredObject stored)
    {
        answer.With("x-goog-generation", N(stored.Generation)).With("x-goog-metageneration", N(stored.Metageneration)).With("x-goog-stored-content-length", N(stored.Length));
        var hasMd5 = stored.Md5.Length > 0 && !(isReal && stored.Given.ContainsKey("componentCount"));
        if (isReal)
            answer.With("x-goog-hash", $"crc32c={stored.Crc32c}").With("ETag", "\"CJ\"").With("Accept-Ranges", "bytes");
        if (isReal && hasMd5)
            answer.With("x-goog-hash", $"md5={stored.Md5}");
        if (!isReal)
            answer.With("x-goog-hash", $"crc32c={stored.Crc32c},md5={stored.Md5}").With("x-goog-storage-class", "");
        if (stored.ContentEncoding is not null || isReal)
            answer.With("x-goog-stored-content-encoding", stored.ContentEncoding ?? "identity");
        answer.With("Content-Type", (string?)stored.Given["contentType"] ?? "application/octet-stream");
        if ((string?)stored.Given["contentDisposition"] is { } disposition)
            answer.With("Content-Disposition", disposition);
    }

    /// <summary>The range that is asked for; what is none is answered with 206 by the test server, and ignored by the real one.</summary>
    private (int Status, long From, long To) Range(string header, long length)
    {
        if (header.Length == 0)
            return (200, 0, length - 1);
        if (!RangeHeaderValue.TryParse(header, out var parsed) || parsed.Unit != "bytes" || parsed.Ranges.Count != 1)
            return header == "bytes=-0" ? (416, 0, 0) : (isReal ? 200 : 206, 0, length - 1);
        var range = parsed.Ranges.Single();
        if (range.From is null)
        {
            var from = length - range.To!.Value;
            return range.To == 0 || length == 0 ? (416, 0, 0) : (206, isReal ? Math.Max(0, from) : from, length - 1);
        }

        return range.From >= length ? (416, 0, 0) : (206, range.From.Value, Math.Min(range.To ?? long.MaxValue, length - 1));
    }

    private static string N(long number) => number.ToString(CultureInfo.InvariantCulture);
}
