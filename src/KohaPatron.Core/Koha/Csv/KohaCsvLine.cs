using System.Text;

namespace KohaPatron.Core.Koha.Csv;

/// <summary>Why Koha cannot read a line.</summary>
internal enum CsvLineFault
{
    None,
    QuoteInUnquotedField,
    TextAfterQuote,
    QuoteNotClosed,
    CarriageReturn,
}

/// <summary>
/// A line of CSV as Koha's reader takes it: comma, double quote, no spaces forgiven around quotes. The reader gets one
/// physical line, so a quote that is still open at its end is a fault.
/// </summary>
internal static class KohaCsvLine
{
    /// <summary>The fields of a line, its end (LF, CRLF or nothing) included; null where Koha's reader gives up.</summary>
    public static List<string>? Parse(string line, out CsvLineFault fault)
    {
        var fields = new List<string>(16);
        var at = 0;
        do
        {
            var field = at < line.Length && line[at] == '"' ? Quoted(line, ref at, out fault) : Unquoted(line, ref at, out fault);
            if (fault != CsvLineFault.None)
                return null;
            fields.Add(field);
        }
        while (at < line.Length && line[at++] == ',');

        return fields;
    }

    private static string Unquoted(string line, ref int at, out CsvLineFault fault)
    {
        var start = at;
        for (; at < line.Length && line[at] is not (',' or '\n'); at++)
        {
            if (line[at] == '\r' && IsEnd(line, at))
                break;
            fault = line[at] switch
            {
                '"' => CsvLineFault.QuoteInUnquotedField,
                '\r' => CsvLineFault.CarriageReturn,
                _ => CsvLineFault.None,
            };
            if (fault != CsvLineFault.None)
                return string.Empty;
        }

        fault = CsvLineFault.None;
        return line.Substring(start, at - start);
    }

    private static string Quoted(string line, ref int at, out CsvLineFault fault)
    {
        var text = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '"')
            {
                text.Append(line[at]);
                continue;
            }

            at++;
            if (at == line.Length || line[at] is ',' or '\n' || IsEnd(line, at))
            {
                fault = CsvLineFault.None;
                return text.ToString();
            }

            if (line[at] != '"')
            {
                fault = CsvLineFault.TextAfterQuote;
                return string.Empty;
            }

            text.Append('"');
        }

        fault = CsvLineFault.QuoteNotClosed;
        return string.Empty;
    }

    /// <summary>Whether a carriage return belongs to the line's end.</summary>
    private static bool IsEnd(string line, int at) => line[at] == '\r' && (at + 1 == line.Length || line[at + 1] == '\n');
}
