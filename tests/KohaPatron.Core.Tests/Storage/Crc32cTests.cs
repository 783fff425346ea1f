using System.Text;
using CsCheck;
using KohaPatron.Core.Storage;

namespace KohaPatron.Core.Tests.Storage;

public sealed class Crc32cTests
{
    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xE3069283u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x22620404u)]
    public void Known_texts_have_their_known_checksums(string text, uint expected) => Assert.Equal(expected, Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void It_makes_no_difference_in_which_pieces_the_bytes_come() => Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 200]).Sample((bytes, at) =>
    {
        at = Math.Min(at, bytes.Length);
        var checksum = default(Crc32c);
        checksum.Append(bytes.AsSpan(0, at));
        checksum.Append(bytes.AsSpan(at));
        return checksum.Value == Of(bytes) && checksum.Value == BitByBit(bytes);
    });

    [Theory]
    [InlineData("AAAAAA==", 0u)]
    [InlineData("cvqSyg==", 0x72FA92CAu)]
    [InlineData("", null)]
    [InlineData("not base64", null)]
    [InlineData("AAAA", null)]
    [InlineData(null, null)]
    public void The_service_writes_it_in_base64(string? text, uint? expected) => Assert.Equal(expected, Crc32c.Parse(text));

    private static uint Of(byte[] bytes)
    {
        var checksum = default(Crc32c);
        checksum.Append(bytes);
        return checksum.Value;
    }

    private static uint BitByBit(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F63B78;
        }

        return ~crc;
    }
}
