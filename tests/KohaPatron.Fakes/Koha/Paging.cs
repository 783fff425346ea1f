using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>A page of a list, with the headers that tell how many there are and where the others are.</summary>
internal sealed class Paging(Call call, SortedDictionary<string, string> parameters)
{
    private const int DefaultSize = 20;

    private int Number => Read("_page", 1);

    private int Size => Read("_per_page", DefaultSize);

    public IEnumerable<JsonObject> Cut(IEnumerable<JsonObject> all) => Size < 0 ? all : all.Skip((Number - 1) * Size).Take(Size);

    public Answer Head(Answer answer, int total, int baseTotal)
    {
        var last = Size < 0 ? 1 : (total + Size - 1) / Size;
        answer.With("X-Total-Count", Text(total)).With("X-Base-Total-Count", Text(baseTotal));
        if (Number > 1 && Size > 0)
            Link(answer, Number - 1, "prev");
        if (Number < last && Size > 0)
            Link(answer, Number + 1, "next");
        Link(answer, 1, "first");
        return Link(answer, last, "last");
    }

    private Answer Link(Answer answer, int page, string relation)
    {
        var query = new SortedDictionary<string, string>(parameters, StringComparer.Ordinal) { ["_page"] = Text(page), ["_per_page"] = Text(Size) };
        var text = string.Join('&', query.Select(pair => $"{Escape(pair.Key)}={Escape(pair.Value)}"));
        return answer.With("Link", $"<{call.Root.GetLeftPart(UriPartial.Authority)}{call.Path}?{text}>; rel=\"{relation}\"");
    }

    private int Read(string name, int otherwise) =>
        parameters.TryGetValue(name, out var text) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var letter in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~' or (byte)'*')
                escaped.Append((char)letter);
            else if (letter == ' ')
                escaped.Append('+');
            else
                escaped.Append(CultureInfo.InvariantCulture, $"%{letter:X2}");
        }

        return escaped.ToString();
    }
}
