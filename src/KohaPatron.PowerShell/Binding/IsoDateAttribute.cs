using System.Globalization;
using System.Management.Automation;
using KohaPatron.Core.Text;

namespace KohaPatron.PowerShell.Binding;

/// <summary>
/// A day: an ISO 8601 text such as 2023-12-12, or a date object. Other spellings are refused, because 05/06/2024 is one day
/// here and another one there.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IsoDateAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            DateTime date => date.Date,
            DateTimeOffset date => date.Date,
            string text when IsoDay.TryParse(text.Trim(), out var date) => date,
            IFormattable date when date.GetType().FullName == "System.DateOnly" => Transform(engineIntrinsics, date.ToString(IsoDay.Format, CultureInfo.InvariantCulture)),
            var other => throw new ArgumentTransformationMetadataException($"Expected a day such as 2023-12-12 (year-month-day), found \"{other}\"."),
        };
}
