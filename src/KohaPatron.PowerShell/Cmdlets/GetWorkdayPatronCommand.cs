using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Pipeline;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Reads people from Workday exports as a stream, from files or straight from Cloud Storage. A record of the wrong shape is an
/// error of its own, and the next one follows; a file that breaks off gives the people before the break and an error that says so.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WorkdayPatron", DefaultParameterSetName = ByPath)]
[OutputType(typeof(WorkdayStudent), typeof(WorkdayEmployee))]
public sealed class GetWorkdayPatronCommand : StorageCmdlet
{
    private ExportReading? _reading;
    private ParcelWriter<WorkdayPerson>? _people;

    /// <summary>Which people; all whose file is there when left out.</summary>
    [Parameter]
    public WorkdayPersonType[]? Type { get; set; }

    /// <summary>How many days old an export may be before it is a warning. Left out: the settings' "maximumAge".</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumAge { get; set; }

    protected override void Begin()
    {
        _people = new ParcelWriter<WorkdayPerson>(this);
        _reading = new ExportReading(Layouts, MaximumAge > 0 ? MaximumAge : Settings.MaximumAge, Tell, WriteProgress);
    }

    protected override void Process()
    {
        var paths = ExportPaths(_reading!.TellLost);
        try
        {
            _reading.Read(StoreFor(paths), paths, Type, Write, _people!.Taker as IWorksAhead, Cancel);
        }
        catch (KohaPatronException)
        {
            // Who came before the fault comes before the error, whatever it ends.
            _people!.Send();
            throw;
        }

        _people!.Send();
    }

    /// <summary>What is told comes after the people before it.</summary>
    private protected override void Tell(Notice notice)
    {
        _people!.Send();
        base.Tell(notice);
    }

    private void Write(WorkdayPerson person)
    {
        if (person.HasOtherFields)
            _people!.Write(person, WithOtherFields);
        else
            _people!.Write(person);
    }

    /// <summary>Fields that the module does not know are properties too, under the export's own names.</summary>
    private static PSObject WithOtherFields(WorkdayPerson person)
    {
        var shown = new PSObject(person);
        foreach (var field in OtherFieldValues.Of(person))
        {
            var name = field.Key;
            while (name.Length == 0 || shown.Properties[name] is not null)
                name = "Workday_" + name;
            shown.Properties.Add(new PSNoteProperty(name, field.Value), preValidated: true);
        }

        return shown;
    }
}
