using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Storage;

/// <summary>An object in Cloud Storage, or a folder of them: <c>gs://bucket/name</c>.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Name">The object's whole name, slashes included; blank or with a slash at the end: a folder.</param>
internal readonly record struct StorageAddress(string Bucket, string Name)
{
    private const string Scheme = "gs://";

    /// <summary>Whether names under it are meant, rather than itself.</summary>
    public bool IsFolder => Name.Length == 0 || Name[Name.Length - 1] == '/';

    /// <summary>The name without its folder.</summary>
    public string ShortName => Name.Substring(Name.LastIndexOf('/') + 1);

    /// <summary>The folder that an object lies in.</summary>
    public StorageAddress Folder => this with { Name = Name.Substring(0, Name.LastIndexOf('/') + 1) };

    public static bool Is(string path) => path.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="KohaPatronException">The address names no bucket.</exception>
    public static StorageAddress Parse(string address)
    {
        var path = Is(address) ? address.Substring(Scheme.Length) : string.Empty;
        var slash = path.IndexOf('/');
        var bucket = slash < 0 ? path : path.Substring(0, slash);
        if (bucket.Length == 0 || bucket.Any(letter => letter is not (>= 'a' and <= 'z' or >= '0' and <= '9' or '-' or '_' or '.')))
            throw new KohaPatronException(StorageNotices.BadAddress(address));
        return new StorageAddress(bucket, slash < 0 ? string.Empty : path.Substring(slash + 1));
    }

    /// <summary>An object under the folder that this names, with a slash at its end or without.</summary>
    public StorageAddress Child(string name) => this with { Name = IsFolder ? Name + name : $"{Name}/{name}" };

    public override string ToString() => $"{Scheme}{Bucket}/{Name}";
}
