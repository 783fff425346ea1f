using System.Text.Encodings.Web;
using System.Text.Json;

namespace KohaPatron.Core.Text;

/// <summary>Texts as JSON, with the letters that people write.</summary>
internal static class JsonText
{
    /// <summary>A text in quotation marks.</summary>
    public static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
