using System.Text;

namespace KohaPatron.Core.Koha;

/// <summary>
/// The column <c>patron_attributes</c>: itself a line of CSV, <c>CODE:value,CODE:value</c>. A part with a comma or a quote
/// stands in quotes; no space follows a comma, for Koha would take it as part of the next code.
/// </summary>
internal static class PatronAttributes
{
    public static StringBuilder Append(StringBuilder line, string code, string? value)
    {
        if (value is null)
            return line;
        if (line.Length > 0)
            line.Append(',');
        if (value.IndexOfAny([',', '"']) < 0)
            return line.Append(code).Append(':').Append(value);
        return line.Append('"').Append(code).Append(':').Append(value.Replace("\"", "\"\"")).Append('"');
    }
}
