using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Mapping.FirstSettings;

/// <summary>Every message about a first settings file.</summary>
internal static class FirstSettingsNotices
{
    public static Notice Written(string path, DescribedReport report, long majors)
    {
        var guess = report.Guess;
        var known = guess.Words.Where(word => guess.ColumnsOf(word).Count > 0).Select(word => $"\"{string.Join("\" and \"", guess.ColumnsOf(word))}\" {(guess.ColumnsOf(word).Count == 1 ? "is" : "are")} {word}");
        return new(
            NoticeLevel.Information, "SettingsWritten",
            $"Written {Path.GetFileName(path)}: {Counted.Number(guess.Recognised)} of {Counted.Number(guess.Words.Count)} fields of {report.Survey.Name} recognised ({string.Join(", ", known)}). To fill in: the lines behind //, such as the library's code; {Counted.Number(majors)} terms.");
    }

    public static Notice Exists(string path) => new(
        NoticeLevel.Error,
        "SettingsExist",
        $"{path} is there already. Nothing was written.",
        NoticeCategory.ResourceExists,
        path,
        "Name another file with -Destination, or repeat with -Force to replace it.");

    public static Notice CannotWrite(string path, Exception e) => new(
        NoticeLevel.Error,
        "SettingsCannotWrite",
        $"{path} cannot be written: {e.Message}",
        NoticeCategory.WriteError,
        path,
        "Check the folder and your right to write there.",
        e);

    public static Notice SameKind(string first, string second, string kind) => new(
        NoticeLevel.Error,
        "SettingsReportsAlike",
        $"{first} and {second} both seem to hold people of the type {kind}.",
        NoticeCategory.InvalidArgument,
        second,
        "Give one of them alone, with -Type.");
}
