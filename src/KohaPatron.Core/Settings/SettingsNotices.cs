using System.Text.Json;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Settings;

/// <summary>Every message about settings.</summary>
internal static class SettingsNotices
{
    public static Notice NotFound(string path, string source) => Fatal(
        "SettingsNotFound",
        $"The settings file {path} does not exist ({source}).",
        path,
        "Check the path.",
        NoticeCategory.ObjectNotFound);

    public static Notice CannotRead(string path, Exception e) => Fatal(
        "SettingsCannotRead",
        $"The settings file {path} cannot be read: {e.Message}",
        path,
        "Check your right to read it.",
        NoticeCategory.ReadError) with
    { Cause = e };

    public static Notice NotJson(string name, SettingsSlipKind slip, JsonException e)
    {
        var place = $"{name}, line {(e.LineNumber ?? 0) + 1}";
        return slip switch
        {
            SettingsSlipKind.Empty => Slip($"{name} is empty. Settings that change nothing read {{ }}.", "Write the settings, or take the file away."),
            SettingsSlipKind.Utf16 => Slip($"{name} is UTF-16 text; settings are UTF-8.", "Save it again as UTF-8."),
            SettingsSlipKind.TypographicQuote => Slip($"{place}: a typographic quotation mark (“ or ”) stands where a plain one (\") belongs.", "Write it in a text editor, not in a word processor."),
            SettingsSlipKind.LeadingZero => Slip($"{place}: a number begins with 0. A code is text and stands in quotation marks, such as \"05\".", "Write the quotation marks."),
            SettingsSlipKind.Backslash => Backslash(place) with { Cause = e },
            _ => Slip($"{place}: not valid JSON. A comma or a quotation mark is probably missing here or in the line above.", "Correct the line."),
        };

        Notice Slip(string text, string action) => Fatal("SettingsNotJson", text, name, action) with { Cause = e };
    }

    public static Notice Backslash(string place) => Fatal(
        "SettingsNotJson",
        $"{place}: a backslash in a text is written twice.",
        place,
        "Write \\\\ or / for each \\ of a path.");

    public static Notice InForce(KohaPatronSettings settings, DateTimeOffset? written) => new(
        NoticeLevel.Verbose, "SettingsInForce",
        $"Settings: {(settings.File is null || written is not { } moment ? "no file" : $"{settings.File} (of {IsoDay.Here(moment)})")}, profile {settings.Profile}, library {settings.Library}");

    public static Notice NoFile(KohaPatronSettings settings) => new(
        NoticeLevel.Warning,
        "SettingsNoFile",
        $"No settings file was found: the built-in profile {settings.Profile} is used (library {settings.Library}).",
        Action: "See Get-KohaPatronSetting.");

    public static Notice UnknownKey(string place, string key, IEnumerable<string> known)
    {
        var all = known.ToList();
        var nearest = NearestTerm.Of(key, all, most: 1);
        var hint = nearest.Count > 0 ? $"Did you mean \"{nearest[0]}\"?" : $"Known here: {string.Join(", ", all)}.";
        return Fatal("SettingsUnknownKey", $"{place}: unknown key \"{key}\". {hint}", key, "Correct the key in the settings.");
    }

    public static Notice WrongValue(string place, string key, string expected, string found) => Fatal(
        "SettingsWrongValue",
        $"{place}: \"{key}\" should be {expected}, found {found}.",
        key,
        "Correct the value in the settings.");

    public static Notice RepeatedKey(string place, string key, int earlier) => Fatal(
        "SettingsRepeatedKey",
        $"{place}: \"{key}\" stands in line {earlier} already.",
        key,
        "Take one of the two away.");

    public static Notice UnknownProfile(string place, string profile, IEnumerable<string> known) => Fatal(
        "SettingsUnknownProfile",
        $"{place}: there is no profile \"{profile}\". Built in are {string.Join(" and ", known)}.",
        profile,
        "Choose one of them.");

    public static Notice NoSuchSetting(string name, IEnumerable<string> known)
    {
        var nearest = NearestTerm.Of(name, known, most: 1);
        var hint = nearest.Count > 0 ? $"Did you mean \"{nearest[0]}\"?" : "Get-KohaPatronSetting without -Name shows them all.";
        return Fatal("SettingNotFound", $"There is no setting \"{name}\". {hint}", name, "Check the name.", NoticeCategory.ObjectNotFound);
    }

    private static Notice Fatal(string code, string text, object target, string action, NoticeCategory category = NoticeCategory.InvalidData) =>
        new(NoticeLevel.Error, code, text, category, target, action);
}
