using System.Text.Json;
using System.Text.Json.Serialization;
using KohaPatron.Core.Files;

namespace KohaPatron.Core.Storage;

/// <summary>What a saved file was made from, kept beside it.</summary>
/// <param name="Source">The object's address.</param>
/// <param name="Generation">Which of the object's contents it is.</param>
/// <param name="Crc32c">The checksum of the file, to tell whether it is still as it was saved.</param>
internal sealed record SavedFrom(string Source, long Generation, uint Crc32c)
{
    /// <summary>Where it is kept.</summary>
    public static string PathOf(string file) => Path.Combine(Path.GetDirectoryName(file)!, $".{Path.GetFileName(file)}.source");

    /// <summary>The generation of an object that is at hand unchanged, or null.</summary>
    public static long? GenerationOf(string file, StorageAddress address)
    {
        try
        {
            if (!File.Exists(file) || !File.Exists(PathOf(file)))
                return null;
            var saved = JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(file)), SavedFromJson.Default.SavedFrom);
            return saved is not null && saved.Source == address.ToString() && saved.Crc32c == ChecksumOf(file) ? saved.Generation : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // What cannot be read proves nothing: the object is fetched again.
            return null;
        }
    }

    public void Write(string file)
    {
        using var beside = new AtomicFile(PathOf(file));
        JsonSerializer.Serialize(beside.Stream, this, SavedFromJson.Default.SavedFrom);
        beside.Commit();
    }

    private static uint ChecksumOf(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        var checksum = default(Crc32c);
        var buffer = new byte[128 * 1024];
        while (stream.Read(buffer, 0, buffer.Length) is > 0 and var read)
            checksum.Append(buffer.AsSpan(0, read));
        return checksum.Value;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SavedFrom))]
internal sealed partial class SavedFromJson : JsonSerializerContext;
