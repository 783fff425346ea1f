using System.Management.Automation;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Csv;
using KohaPatron.Core.Registration;
using KohaPatron.PowerShell.Binding;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Writes rows to a file with the bytes that Koha's import wants in every edition of PowerShell: UTF-8 without BOM, Koha's
/// header, no type line. The file is written aside and moved into place at the end; a broken run leaves the old one whole.
/// </summary>
[Cmdlet(VerbsData.Export, "KohaPatronCsv", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportKohaPatronCsvCommand : KohaPatronCmdlet
{
    private PatronCsvFile? _file;
    private string _path = string.Empty;

    /// <summary>Rows of ConvertTo-KohaPatronCsv, or other objects whose property names are Koha's columns.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>The file to write; an existing one is replaced.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FilePath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Adds the rows to an existing file with the same columns.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Replaces a read-only file too, and a file that is there although no row came.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Begin()
    {
        _path = PathResolver.Literal(this, Path);
        if (ShouldProcess(_path, Append ? "Append rows to the patron import file" : "Write the patron import file"))
            _file = PatronCsvFile.Open(_path, Append, Force, Tell);
    }

    protected override void Process()
    {
        var item = InputObject is PSObject wrapped ? wrapped.BaseObject : InputObject;
        if (_file is null || item is null or SkippedPatron)
            return;
        if (item is KohaPatronRow row && (_file.HasStandardColumns || (!_file.HasColumns && RowColumns.AreStandard(PSObject.AsPSObject(InputObject)))))
            _file.Write(row);
        else if (RowColumns.Of(PSObject.AsPSObject(InputObject)) is { Count: > 0 } values)
            _file.Write(values);
        else
            Tell(KohaCsvNotices.NotARow(item.GetType().Name));
    }

    protected override void Complete()
    {
        if (_file is null)
            return;
        // A wrong path upstream, or an export that could not be read: an old file is better than none.
        if (!_file.HasColumns && !Force && File.Exists(_path))
            Fail(KohaCsvNotices.NoRows(_path));
        _file.Commit();
        if (PassThru)
            WriteObject(new FileInfo(_path));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file?.Dispose();
        base.Dispose(disposing);
    }
}
