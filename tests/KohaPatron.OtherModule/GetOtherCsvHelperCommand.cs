using System.Management.Automation;

namespace KohaPatron.OtherModule;

/// <summary>Gives the version of CsvHelper that this module works with.</summary>
[Cmdlet(VerbsCommon.Get, "OtherCsvHelper")]
[OutputType(typeof(string))]
public sealed class GetOtherCsvHelperCommand : Cmdlet
{
    protected override void EndProcessing() => WriteObject(typeof(CsvHelper.CsvReader).Assembly.GetName().Version!.ToString());
}
