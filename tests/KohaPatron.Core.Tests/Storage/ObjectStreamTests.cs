using System.IO.Compression;
using System.Text;
using CsCheck;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Storage;
using KohaPatron.Fakes.Storage;

namespace KohaPatron.Core.Tests.Storage;

/// <summary>One object, however often the connection breaks.</summary>
public sealed class ObjectStreamTests : IAsyncLifetime, IDisposable
{
    private FakeStorage _service = null!;
    private CloudStorage _store = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await FakeStorage.StartAsync();
        _store = new CloudStorage(new StorageOptions { UserAgent = "Tests/1", FirstWait = TimeSpan.FromTicks(1) }, StorageHost.From(_service.Root.ToString()));
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Cut_at_any_bytes_it_arrives_whole() =>
        await Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[1, 120].Array[0, 5], Gen.Enum<StorageFaultKind>().Where(kind => kind is StorageFaultKind.Cut or StorageFaultKind.Whole or StorageFaultKind.Bare)).SampleAsync(
            async (bytes, cuts, kind) =>
            {
                var described = await PutAsync(bytes);
                _service.Faults.Clear();
                foreach (var cut in cuts)
                    _service.Faults.Add(new StorageFault(StorageFaultKind.Cut) { After = cut }, new StorageFault(kind) { After = 0 });
                return Read(described).SequenceEqual(bytes);
            },
            threads: 1);

    [Fact]
    public async Task A_wrong_checksum_is_told_at_the_end_and_not_before()
    {
        var described = await PutAsync("abcdef"u8.ToArray());
        using var stream = new ObjectStream(_store, described with { Crc32c = 1 }, CancellationToken.None);
        var buffer = new byte[6];
        var read = 0;
        while (read < 6)
            read += stream.Read(buffer, read, 6 - read);
        var fault = Assert.Throws<KohaPatronException>(() => stream.Read(buffer, 0, 6));
        Assert.Equal("StorageChecksumWrong", fault.Notice.Code);
        Assert.Contains("Do not trust the people", fault.Message);
    }

    [Fact]
    public async Task Bytes_at_hand_are_not_fetched_again()
    {
        var bytes = "0123456789"u8.ToArray();
        using var stream = new ObjectStream(_store, await PutAsync(bytes), CancellationToken.None);
        stream.Skip(bytes.AsSpan(0, 4));
        Assert.Equal("456789"u8.ToArray(), ToArray(stream));
        Assert.Equal("bytes=4-", _service.Requests.Last().Range);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(0)]
    public async Task A_connection_that_never_comes_back_is_an_error_of_reading(int first)
    {
        var described = await PutAsync(new byte[100]);
        _service.Faults.Add(new StorageFault(StorageFaultKind.Cut) { After = first });
        _service.Faults.Add(Enumerable.Range(0, 8).Select(_ => new StorageFault(StorageFaultKind.Reset)));
        using var stream = Unzipped(described);
        Assert.ThrowsAny<IOException>(() => ToArray(stream));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Gzip_is_told_by_its_first_bytes_whatever_the_label(bool label)
    {
        var json = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"Report_Entry\":[]}", 500)));
        var described = await PutAsync(Zipped(json));
        _service.Faults.Add(new[] { 1, 7, 11 }.Select(after => new StorageFault(StorageFaultKind.Cut) { After = after }));
        using var stream = Unzipped(described with { IsGzip = label });
        Assert.Equal(json, ToArray(stream));
    }

    [Fact]
    public async Task A_false_label_does_no_harm()
    {
        using var stream = Unzipped((await PutAsync("[]"u8.ToArray())) with { IsGzip = true });
        Assert.Equal("[]"u8.ToArray(), ToArray(stream));
    }

    [Fact]
    public async Task Gzip_that_was_damaged_on_the_way_is_a_wrong_checksum()
    {
        var zipped = Zipped(new byte[5000]);
        var described = await PutAsync(zipped);
        _service.Faults.Add(new StorageFault(StorageFaultKind.Corrupt) { After = zipped.Length / 2 });
        using var stream = Unzipped(described);
        Assert.Equal("StorageChecksumWrong", Assert.Throws<KohaPatronException>(() => ToArray(stream)).Notice.Code);
    }

    [Fact]
    public async Task Members_of_gzip_are_read_one_after_the_other()
    {
        byte[] nothing = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        var named = Zipped("named"u8.ToArray());
        named[3] = 8;
        using var stream = Unzipped(await PutAsync([.. Zipped(new byte[100_000]), .. nothing, .. named[..10], .. "a.json\0"u8, .. named[10..], .. nothing]));
        Assert.Equal([.. new byte[100_000], .. "named"u8], ToArray(stream));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Gzip_that_was_stored_cut_is_never_taken_for_whole(bool isChecked)
    {
        var first = Zipped("the first of two"u8.ToArray());
        byte[] zipped = [.. first, .. Zipped("the second"u8.ToArray())];
        // What is cut within a header behind the first member is not told from what else may lie there.
        const int header = 10;
        foreach (var length in Enumerable.Range(2, zipped.Length - 2).Where(length => length < first.Length || length >= first.Length + header))
            await RefusedAsync(zipped[..length], isChecked);
        foreach (var at in new[] { 1, 5 })
        {
            var damaged = (byte[])zipped.Clone();
            damaged[^at] ^= 1;
            await RefusedAsync(damaged, isChecked);
        }
    }

    [Fact]
    public async Task Gzip_that_was_stored_damaged_is_refused_in_words_however_it_is_damaged()
    {
        var content = Enumerable.Range(0, 5000).Select(at => (byte)(at * at % 251)).ToArray();
        var zipped = Zipped(content);
        var random = new Random(5);
        for (var i = 0; i < 400; i++)
        {
            var damaged = (byte[])zipped.Clone();
            for (var bytes = random.Next(1, 4); bytes > 0; bytes--)
                damaged[random.Next(2, damaged.Length)] = (byte)random.Next(256);
            using var stream = Unzipped(await PutAsync(damaged) with { Crc32c = null });
            try
            {
                Assert.Equal(content, ToArray(stream));
            }
            catch (KohaPatronException e)
            {
                Assert.Equal("StorageGzipBroken", e.Notice.Code);
            }
        }
    }

    private async Task RefusedAsync(byte[] zipped, bool isChecked)
    {
        var described = await PutAsync(zipped);
        using var stream = Unzipped(isChecked ? described : described with { Crc32c = null });
        Assert.Equal("StorageGzipBroken", Assert.Throws<KohaPatronException>(() => ToArray(stream)).Notice.Code);
    }

    private async Task<StorageObject> PutAsync(byte[] bytes)
    {
        _service.State.Put("b", "o", bytes);
        return (await _store.FindAsync(new StorageAddress("b", "o"), null, TestContext.Current.CancellationToken))!;
    }

    private UnzippedStream Unzipped(StorageObject described) => new(new ObjectStream(_store, described, CancellationToken.None), described.Address);

    private byte[] Read(StorageObject described)
    {
        using var stream = new ObjectStream(_store, described, CancellationToken.None);
        return ToArray(stream);
    }

    private static byte[] ToArray(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static byte[] Zipped(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return zipped.ToArray();
    }
}
