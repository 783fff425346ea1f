namespace KohaPatron.Core.Storage;

/// <summary>An object or a folder as a list has it.</summary>
/// <param name="Name">Its whole name.</param>
/// <param name="Written">When its content was stored; null where that is not told.</param>
internal readonly record struct StoredName(string Name, DateTimeOffset? Written);

/// <summary>An object as Cloud Storage describes it: one generation of it, which never changes.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Generation">Which of the contents that the name has had.</param>
/// <param name="Size">The bytes that are stored.</param>
/// <param name="Crc32c">Their checksum; null where the server tells none.</param>
/// <param name="IsGzip">Whether it is labelled as stored compressed.</param>
/// <param name="Written">When this content was stored, whatever was said about it later; null where the server does not tell.</param>
internal sealed record StorageObject(StorageAddress Address, long Generation, long Size, uint? Crc32c, bool IsGzip, DateTimeOffset? Written);
