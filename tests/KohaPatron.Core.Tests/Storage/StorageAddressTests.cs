using KohaPatron.Core.Notices;
using KohaPatron.Core.Storage;

namespace KohaPatron.Core.Tests.Storage;

public sealed class StorageAddressTests
{
    [Theory]
    [InlineData("gs://your-bucket", "your-bucket", "", true)]
    [InlineData("gs://your-bucket/", "your-bucket", "", true)]
    [InlineData("gs://b.example/a/b/", "b.example", "a/b/", true)]
    [InlineData("GS://bucket/student_data.json", "bucket", "student_data.json", false)]
    [InlineData("gs://bucket/odd//double.txt", "bucket", "odd//double.txt", false)]
    [InlineData("gs://bucket/ Zoë #1+2 100%?.csv", "bucket", " Zoë #1+2 100%?.csv", false)]
    public void An_address_is_a_bucket_and_a_name(string address, string bucket, string name, bool isFolder)
    {
        var parsed = StorageAddress.Parse(address);
        Assert.Equal((bucket, name, isFolder), (parsed.Bucket, parsed.Name, parsed.IsFolder));
    }

    [Theory]
    [InlineData("gs://")]
    [InlineData("gs:///name")]
    [InlineData("gs://Bucket/name")]
    [InlineData("gs://a b/name")]
    public void Without_a_bucket_it_is_none(string address) =>
        Assert.Equal("StorageAddressInvalid", Assert.Throws<KohaPatronException>(() => StorageAddress.Parse(address)).Notice.Code);

    [Theory]
    [InlineData("", "https://storage.googleapis.com")]
    [InlineData("localhost:9000", "http://localhost:9000")]
    [InlineData("127.0.0.1:9000", "http://127.0.0.1:9000")]
    [InlineData("http://localhost:9000", "http://localhost:9000")]
    [InlineData("http://localhost:9000/", "http://localhost:9000")]
    [InlineData("http://localhost:9000/storage/v1/", "http://localhost:9000")]
    [InlineData("https://localhost/gcs/storage/v1", "https://localhost/gcs")]
    public void The_emulator_may_be_named_in_every_way_that_Googles_libraries_know(string value, string root)
    {
        var host = StorageHost.From(value);
        Assert.Equal((root, value.Length > 0), (host.Root, host.IsEmulator));
    }

    [Theory]
    [InlineData("ftp://host")]
    [InlineData("http://")]
    public void Something_else_is_an_error(string value) =>
        Assert.Equal("StorageEmulatorInvalid", Assert.Throws<KohaPatronException>(() => StorageHost.From(value)).Notice.Code);
}
