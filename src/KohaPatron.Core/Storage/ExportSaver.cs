using System.Globalization;
using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Storage;

/// <summary>
/// Brings objects into a folder: written aside, checked, and moved into place. What a broken or killed run had fetched is
/// taken up again, as long as the object is still of that generation.
/// </summary>
/// <param name="store">Where the objects are.</param>
/// <param name="folder">Where the files go.</param>
/// <param name="progress">Takes how many bytes of an object are there.</param>
/// <param name="cancel">Ends the work; what was fetched stays for the next time.</param>
internal sealed class ExportSaver(CloudStorage store, string folder, Action<StorageAddress, long> progress, CancellationToken cancel)
{
    private const int Tries = 3;

    /// <summary>Where an object goes.</summary>
    /// <exception cref="KohaPatronException">Its name is not possible for a file.</exception>
    public string FileOf(StorageAddress address)
    {
        var name = address.ShortName;
        if (name.Length == 0 || name is "." or ".." || name.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
            throw new KohaPatronException(StorageNotices.NameNotAFile(address));
        return Path.Combine(folder, name);
    }

    /// <summary>Saves an object under its own name.</summary>
    /// <exception cref="KohaPatronException">It cannot be had whole; the file that was there is as it was.</exception>
    public async Task SaveAsync(StorageObject stored)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Save(stored);
                return;
            }
            catch (KohaPatronException e) when (e.Notice.Code == StorageNotices.ChecksumMismatch && attempt < Tries)
            {
                // Damaged on the way: everything is fetched anew.
            }
            catch (KohaPatronException e) when (e.Notice.Code == StorageNotices.ObjectOverwritten)
            {
                stored = attempt < Tries ? (await store.FindAsync(stored.Address, null, cancel))! : throw new KohaPatronException(StorageNotices.KeepsChanging(stored.Address));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new KohaPatronException(StorageNotices.CannotWrite(FileOf(stored.Address), e));
            }
        }
    }

    private void Save(StorageObject stored)
    {
        if (stored.Size == 0)
            throw new KohaPatronException(StorageNotices.Empty(stored.Address));
        var file = FileOf(stored.Address);
        var partPath = PartPath(file, stored.Generation);
        Directory.CreateDirectory(folder);
        RemoveOtherParts(file, partPath);
        uint checksum;
        bool isZipped;
        using (var part = OpenPart(partPath, file))
        {
            try
            {
                checksum = Fetch(stored, part);
                isZipped = stored.IsGzip && IsGzip(part);
                if (isZipped)
                    checksum = Unzip(part, file, stored.Address);
                else
                    part.Flush(flushToDisk: true);
            }
            catch (KohaPatronException e) when (e.Notice.Code is StorageNotices.ChecksumMismatch or StorageNotices.GzipBroken or StorageNotices.ObjectEmpty)
            {
                // It is all there, and wrong: nothing to go on from.
                part.Dispose();
                File.Delete(partPath);
                throw;
            }
        }

        if (isZipped)
            File.Delete(partPath);
        else
            AtomicFile.Move(partPath, file);
        // Its age is the export's, wherever it is read.
        if (stored.Written is { } written)
            File.SetLastWriteTimeUtc(file, written.UtcDateTime);
        new SavedFrom(stored.Address.ToString(), stored.Generation, checksum).Write(file);
    }

    /// <summary>Fetches what the part does not have yet; gives the checksum of the whole.</summary>
    private uint Fetch(StorageObject stored, FileStream part)
    {
        if (part.Length > stored.Size)
            part.SetLength(0);
        using var stream = new ObjectStream(store, stored, cancel);
        var checksum = default(Crc32c);
        var buffer = new byte[128 * 1024];
        while (part.Read(buffer, 0, buffer.Length) is > 0 and var had)
        {
            stream.Skip(buffer.AsSpan(0, had));
            checksum.Append(buffer.AsSpan(0, had));
        }

        while (Receive(stream, buffer, stored.Address) is > 0 and var read)
        {
            part.Write(buffer, 0, read);
            checksum.Append(buffer.AsSpan(0, read));
            progress(stored.Address, part.Position);
        }

        return checksum.Value;
    }

    /// <summary>What breaks here is the connection; everything else that breaks is on this machine.</summary>
    private static int Receive(ObjectStream stream, byte[] buffer, StorageAddress address)
    {
        try
        {
            return stream.Read(buffer, 0, buffer.Length);
        }
        catch (IOException e)
        {
            throw new KohaPatronException(StorageNotices.SaveBroke(address, e));
        }
    }

    private static uint Unzip(FileStream part, string file, StorageAddress address)
    {
        try
        {
            part.Position = 0;
            using var content = UnzippedStream.Unzip(part);
            using var target = new AtomicFile(file);
            var checksum = default(Crc32c);
            var buffer = new byte[128 * 1024];
            while (content.Read(buffer, 0, buffer.Length) is > 0 and var read)
            {
                target.Stream.Write(buffer, 0, read);
                checksum.Append(buffer.AsSpan(0, read));
            }

            if (target.Stream.Length == 0)
                throw new KohaPatronException(StorageNotices.Empty(address));
            target.Commit();
            return checksum.Value;
        }
        catch (Exception e) when (UnzippedStream.IsBroken(e))
        {
            throw new KohaPatronException(StorageNotices.NotGzip(address, e));
        }
    }

    private static bool IsGzip(FileStream part)
    {
        part.Position = 0;
        return part.ReadByte() == 0x1F && part.ReadByte() == 0x8B;
    }

    private static FileStream OpenPart(string partPath, string file)
    {
        try
        {
            return OwnerFile.Open(partPath, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException) && File.Exists(partPath))
        {
            throw new KohaPatronException(StorageNotices.AlreadySaving(file, e));
        }
    }

    /// <summary>The generation is in the name: what is there of another one is of no use.</summary>
    private static string PartPath(string file, long generation) =>
        Path.Combine(Path.GetDirectoryName(file)!, $"{PartPrefix(file)}{generation.ToString(CultureInfo.InvariantCulture)}.part");

    private static string PartPrefix(string file) => $".{Path.GetFileName(file)}.";

    /// <summary>Parts of this file alone: of one whose name goes on where this one ends, another run may be fetching.</summary>
    private static void RemoveOtherParts(string file, string current)
    {
        var prefix = PartPrefix(file);
        foreach (var other in Directory.EnumerateFiles(Path.GetDirectoryName(file)!, "*.part").Where(other => other != current))
        {
            var name = Path.GetFileNameWithoutExtension(other);
            if (name.StartsWith(prefix, StringComparison.Ordinal) && name.Skip(prefix.Length).All(char.IsDigit))
                File.Delete(other);
        }
    }
}
