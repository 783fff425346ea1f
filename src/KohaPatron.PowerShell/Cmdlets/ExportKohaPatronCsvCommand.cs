using System.Management.Automation;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Csv;
using KohaPatron.Core.Registration;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Pipeline;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Writes rows to a file with the bytes that Koha's import wants in every edition of PowerShell: UTF-8 without BOM, Koha's
/// header, no type line. The file is written aside and moved into place at the end; a broken run, an export that could not be
/// read whole and a run without rows leave the old one as it is.
/// </summary>
[Cmdlet(VerbsData.Export, "KohaPatronCsv", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportKohaPatronCsvCommand : KohaPatronCmdlet, ITakesParcels
{
    private const string SelectedRow = "Selected.KohaPatron.Core.Koha.KohaPatronRow";

    private PatronCsvFile? _file;
    private string _path = string.Empty;
    private HeardReadings? _readings;

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

    /// <summary>Writes what there is although an export could not be read whole or no row came; replaces a read-only file too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    Type ITakesParcels.Parcels => typeof(KohaPatronRow);

    protected override void Begin()
    {
        _path = PathResolver.Literal(this, Path);
        _readings = new HeardReadings();
        if (ShouldProcess(_path, Append ? "Append rows to the patron import file" : "Write the patron import file"))
            _file = PatronCsvFile.Open(_path, Append, Force, Tell);
    }

    protected override void Process()
    {
        if (Value(InputObject) is Parcel<KohaPatronRow> rows)
        {
            foreach (var row in rows.Items)
                Write(row);
        }
        else if (InputObject is not null)
        {
            Write(InputObject);
        }
    }

    protected override void Complete()
    {
        if (_file is null)
            return;
        if (_readings!.IsInput(_path))
            Fail(KohaCsvNotices.OverInput(_path));
        if (!Force)
            Refuse();
        _file.Commit();
        if (PassThru)
            WriteObject(new FileInfo(_path));
    }

    private void Write(object given)
    {
        var item = Value(given);
        if (_file is null || item is null or SkippedPatron)
            return;
        Remember(item as KohaPatronRow, given);
        if (item is KohaPatronRow row && (_file.HasStandardColumns || (!_file.HasColumns && RowColumns.AreStandard(PSObject.AsPSObject(given)))))
            _file.Write(row);
        else if (RowColumns.Of(PSObject.AsPSObject(given)) is { Count: > 0 } values)
            _file.Write(values);
        else
            Tell(KohaCsvNotices.NotARow(item.GetType().Name));
    }

    private static object? Value(object? given) => given is PSObject wrapped ? wrapped.BaseObject : given;

    /// <summary>Keeps which reading a row comes from. One that Select-Object made anew does not know it: its day of enrolment does, and without one the last reading is taken for it.</summary>
    private void Remember(KohaPatronRow? row, object given)
    {
        if (row is not null)
        {
            _readings!.Add(row.Reading);
            return;
        }

        var item = PSObject.AsPSObject(given);
        var isKnown = item.Properties[nameof(KohaPatronRow.dateenrolled)]?.Value is string day && _readings!.AddBehind(day);
        if (!isKnown && item.TypeNames[0] == SelectedRow)
            _readings!.AddLast();
    }

    /// <summary>An old file, or none, is better than half of one that looks whole.</summary>
    private void Refuse()
    {
        if (_readings!.Lost is { Count: > 0 } lost)
            Fail(KohaCsvNotices.Incomplete(_path, lost));
        if (!_file!.HasColumns)
            Fail(KohaCsvNotices.NoRows(_path));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file?.Dispose();
            _readings?.Dispose();
        }

        base.Dispose(disposing);
    }
}
