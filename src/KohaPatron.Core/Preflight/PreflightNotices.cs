using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Preflight;

/// <summary>Every message about checking an import file that is not about a row of it.</summary>
internal static class PreflightNotices
{
    public static Notice CannotRead(string path, Exception e) => new(
        NoticeLevel.Error,
        "PatronCsvCannotRead",
        $"{path} cannot be read: {e.Message}",
        NoticeCategory.ReadError,
        path,
        "Check the path, and your right to read it.",
        e);

    public static Notice BadCardNumberLength(string value) => new(
        NoticeLevel.Error,
        "CardNumberLengthInvalid",
        $"\"{value}\" is not a value of Koha's preference CardnumberLength.",
        NoticeCategory.InvalidArgument,
        value,
        "Copy it from Koha: a number such as 7, or a range such as 7,14.");
}
