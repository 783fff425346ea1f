using System.Collections;
using System.Globalization;
using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Preflight;
using KohaPatron.Core.Settings;

namespace KohaPatron.PowerShell.Binding;

/// <summary>What a user says of the import form, and of the Koha that takes the file.</summary>
public sealed class ImportParameters
{
    /// <summary>What the import will match on: userid, cardnumber, or the type of a unique attribute.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string MatchPoint { get; set; } = PreflightOptions.ByUserId;

    /// <summary>The import will overwrite patrons that exist, rather than skip them.</summary>
    [Parameter]
    public SwitchParameter Overwrite { get; set; }

    /// <summary>The import will replace only the attributes that a row has.</summary>
    [Parameter]
    public SwitchParameter PreserveAttribute { get; set; }

    /// <summary>The import form's default values: column = value.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Default { get; set; }

    /// <summary>Koha's release, such as 23.05. Left out: what any release since 23.05 objects to.</summary>
    [Parameter]
    [ValidateNotNull]
    public Version? KohaVersion { get; set; }

    /// <summary>Koha's preference dateformat.</summary>
    [Parameter]
    [ValidateSet("Iso", "Us", "Metric", "DmyDot")]
    public string DateFormat { get; set; } = "Iso";

    /// <summary>Koha's preference CardnumberLength, such as 7 or 7,14.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyString]
    public string[] CardNumberLength { get; set; } = [];

    /// <summary>The codes of all libraries in Koha.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? KnownLibrary { get; set; }

    /// <summary>The codes of all patron categories in Koha.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? KnownCategory { get; set; }

    /// <summary>All types of patron attributes in Koha.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? KnownAttributeType { get; set; }

    /// <summary>The attribute types that a patron may have several times.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? RepeatableAttributeType { get; set; }

    /// <summary>The attribute types of which no two patrons may have the same value.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? UniqueAttributeType { get; set; }

    /// <summary>How the file is going to be imported.</summary>
    /// <param name="own">The attributes that a load of this module writes, once for each patron; the universal ID is that of nobody else.</param>
    /// <exception cref="KohaPatronException">The preference CardnumberLength is none.</exception>
    internal PreflightOptions ToOptions(AttributeTypes own)
    {
        // To PowerShell 7,14 without quotes is a list of two.
        var preference = string.Join(",", CardNumberLength);
        if (!Core.Preflight.CardNumberLength.TryParse(preference, out var length))
            throw new KohaPatronException(PreflightNotices.BadCardNumberLength(preference));
        return new PreflightOptions
        {
            Version = KohaVersion,
            MatchPoint = MatchPoint,
            Overwrite = Overwrite,
            Preserve = PreserveAttribute,
            Defaults = Default is null ? new Dictionary<string, string>(StringComparer.Ordinal) : Default.Keys.Cast<object>().ToDictionary(Text, key => Text(Default[key]), StringComparer.Ordinal),
            DateFormat = FormatOf(DateFormat),
            CardNumberLength = length,
            Libraries = KnownLibrary,
            Categories = KnownCategory,
            AttributeTypes = KnownAttributeType,
            RepeatableTypes = RepeatableAttributeType,
            UniqueTypes = UniqueAttributeType ?? [own.UniversalId],
            SingleTypes = [own.UniversalId, own.StudentId],
        };
    }

    private static KohaDateFormat FormatOf(string name) => Enum.TryParse<KohaDateFormat>(name, ignoreCase: true, out var format) ? format : KohaDateFormat.Iso;

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
}
