using System.IO.Compression;
using System.Text;
using CsCheck;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Storage;
using Polly;

namespace KohaPatron.Core.Tests.Storage;

/// <summary>One object, however often the connection breaks; the store here breaks where it is told to.</summary>
public sealed class ObjectStreamTests
{
    [Fact]
    public void Cut_at_any_bytes_it_arrives_whole() => Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[1, 120].Array[0, 5]).Sample((bytes, cuts) =>
    {
        using var store = new BreakingStore(bytes, cuts);
        return Read(store, store.Described).SequenceEqual(bytes);
    });

    [Fact]
    public void A_wrong_checksum_is_told_at_the_end_and_not_before()
    {
        using var store = new BreakingStore("abcdef"u8.ToArray(), []);
        using var stream = new ObjectStream(store, store.Described with { Crc32c = 1 }, CancellationToken.None);
        var buffer = new byte[6];
        Assert.Equal(6, stream.Read(buffer, 0, 6));
        var fault = Assert.Throws<KohaPatronException>(() => stream.Read(buffer, 0, 6));
        Assert.Equal("StorageChecksumWrong", fault.Notice.Code);
        Assert.Contains("Do not trust the people", fault.Message);
    }

    [Fact]
    public void Bytes_at_hand_are_not_fetched_again()
    {
        var bytes = "0123456789"u8.ToArray();
        using var store = new BreakingStore(bytes, []);
        using var stream = new ObjectStream(store, store.Described, CancellationToken.None);
        stream.Skip(bytes.AsSpan(0, 4));
        Assert.Equal("456789"u8.ToArray(), ToArray(stream));
        Assert.Equal([4L], store.Opened);
    }

    [Fact]
    public void A_connection_that_never_comes_back_is_an_error_of_reading()
    {
        using var store = new BreakingStore(new byte[100], [10, 0, 0, 0, 0, 0, 0, 0, 0]);
        Assert.ThrowsAny<IOException>(() => Read(store, store.Described));
    }

    [Fact]
    public void An_object_that_cannot_be_had_is_a_fault_of_reading_and_not_of_opening()
    {
        using var store = new BreakingStore(new byte[100], [0, 0, 0, 0, 0, 0, 0, 0, 0]);
        using var stream = new UnzippedStream(new ObjectStream(store, store.Described, CancellationToken.None), store.Described.Address);
        Assert.ThrowsAny<IOException>(() => ToArray(stream));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gzip_is_told_by_its_first_bytes_whatever_the_label(bool label)
    {
        var json = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"Report_Entry\":[]}", 500)));
        using var store = new BreakingStore(Zipped(json), [3, 7, 11]);
        using var stream = new UnzippedStream(new ObjectStream(store, store.Described with { IsGzip = label }, CancellationToken.None), store.Described.Address);
        Assert.Equal(json, ToArray(stream));
    }

    [Fact]
    public void A_false_label_does_no_harm()
    {
        using var store = new BreakingStore("[]"u8.ToArray(), []);
        using var stream = new UnzippedStream(new ObjectStream(store, store.Described with { IsGzip = true }, CancellationToken.None), store.Described.Address);
        Assert.Equal("[]"u8.ToArray(), ToArray(stream));
    }

    [Fact]
    public void Gzip_that_was_damaged_on_the_way_is_a_wrong_checksum()
    {
        var zipped = Zipped(new byte[5000]);
        using var good = new BreakingStore(zipped, []);
        var damaged = zipped.ToArray();
        damaged[damaged.Length / 2] ^= 0xFF;
        using var store = new BreakingStore(damaged, []);
        using var stream = new UnzippedStream(new ObjectStream(store, store.Described with { Crc32c = good.Described.Crc32c }, CancellationToken.None), store.Described.Address);
        Assert.Equal("StorageChecksumWrong", Assert.Throws<KohaPatronException>(() => ToArray(stream)).Notice.Code);
    }

    private static byte[] Read(BreakingStore store, StorageObject described)
    {
        using var stream = new ObjectStream(store, described, CancellationToken.None);
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

    /// <summary>Gives each part up to its cut, and breaks in turn with an exception or an early end.</summary>
    private sealed class BreakingStore(byte[] bytes, int[] cuts) : IObjectStore
    {
        public StorageObject Described
        {
            get
            {
                var checksum = default(Crc32c);
                checksum.Append(bytes);
                return new(new StorageAddress("b", "o"), 1, bytes.Length, checksum.Value, IsGzip: false, Written: null);
            }
        }

        public List<long> Opened { get; } = [];

        public ResiliencePipeline Retry { get; } = StorageRetry.Pipeline(TimeSpan.FromTicks(1));

        public Task<StorageObject?> FindAsync(StorageAddress address, long? unlessGeneration, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<string>> ListAsync(StorageAddress folder, CancellationToken cancel) => throw new NotSupportedException();

        public Task<Stream> OpenAsync(StorageObject stored, long offset, CancellationToken cancel)
        {
            var turn = Opened.Count;
            Opened.Add(offset);
            var length = (int)Math.Min(bytes.Length - offset, turn < cuts.Length ? cuts[turn] : int.MaxValue);
            return Task.FromResult<Stream>(new Part(new MemoryStream(bytes, (int)offset, length), breaks: turn % 2 == 0));
        }

        public void Dispose()
        {
        }
    }

    private sealed class Part(MemoryStream content, bool breaks) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            content.Read(buffer, offset, count) is > 0 and var read ? read : breaks ? throw new IOException("reset") : 0;

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
