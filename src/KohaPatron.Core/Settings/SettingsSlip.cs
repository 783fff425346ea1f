using System.Text.Json;
using KohaPatron.Core.Files;

namespace KohaPatron.Core.Settings;

/// <summary>What people do to a settings file that makes it no JSON.</summary>
internal enum SettingsSlipKind
{
    Unknown,
    Empty,
    Utf16,
    Backslash,
    TypographicQuote,
    LeadingZero,
}

/// <summary>Finds out which slip it was, by the bytes at which the parser stopped.</summary>
internal static class SettingsSlip
{
    public static SettingsSlipKind Of(ReadOnlySpan<byte> json, JsonException fault)
    {
        if (FirstBytes.Utf16(json) is not null)
            return SettingsSlipKind.Utf16;
        if (IsBlank(json))
            return SettingsSlipKind.Empty;
        var rest = json.Slice(Math.Min(Position(json, fault), json.Length));
        // “ ” „ ‘ ’
        if (rest.StartsWith((ReadOnlySpan<byte>)[0xE2, 0x80]) && rest.Length > 2 && rest[2] is >= 0x98 and <= 0x9F)
            return SettingsSlipKind.TypographicQuote;
        var at = json.Length - rest.Length;
        // The parser stops behind the zero of 05.
        if (at > 0 && json[at - 1] == (byte)'0' && rest.Length > 0 && rest[0] is >= (byte)'0' and <= (byte)'9')
            return SettingsSlipKind.LeadingZero;
        return (at > 0 && json[at - 1] == (byte)'\\') || rest.StartsWith("\\"u8) ? SettingsSlipKind.Backslash : SettingsSlipKind.Unknown;
    }

    private static bool IsBlank(ReadOnlySpan<byte> json)
    {
        foreach (var letter in json)
        {
            if (letter is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                return false;
        }

        return true;
    }

    private static int Position(ReadOnlySpan<byte> json, JsonException fault)
    {
        var line = 0;
        for (var left = fault.LineNumber ?? 0; left > 0; left--)
            line += json.Slice(line).IndexOf((byte)'\n') + 1;
        return line + (int)(fault.BytePositionInLine ?? 0);
    }
}
