using System.Management.Automation;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Notices;
using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Registration;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday;

namespace KohaPatron.PowerShell.Pipeline;

/// <summary>Rows as they come down the pipeline: of ConvertTo-KohaPatronCsv, also after they were saved, or made of people when the semester's end is known.</summary>
internal sealed class RowInput : IDisposable
{
    private readonly HeardReadings _readings = new();
    private readonly PatronRegistrar? _registrar;
    private readonly Action<Notice> _tell;

    public RowInput(KohaPatronSettings settings, DateTime? end, Func<ProxTable?> prox, Action<Notice> tell)
    {
        _tell = tell;
        if (end is { } day)
            _registrar = new PatronRegistrar(new SemesterLoad(settings, day, TimeProvider.System.GetLocalNow().Date, prox()), tell);
    }

    /// <summary>What of the exports behind the rows could not be read, a clause each.</summary>
    public IReadOnlyList<string> Lost => _readings.Lost;

    /// <summary>The row that an object is or gives; null where it gives none, which was told.</summary>
    public KohaPatronRow? From(PSObject? item)
    {
        switch (item?.BaseObject)
        {
            case KohaPatronRow row:
                _readings.Add(row.Reading);
                return row;
            case WorkdayPerson person when _registrar is not null:
                _readings.Add(person.Export?.Reading);
                // Whoever is left out was told why by the registrar, or has a reason that the load gives.
                return _registrar.Register(person).Row;
            case SkippedPatron:
                return null;
            case PSCustomObject when RowColumns.AsRow(item) is { } row:
                return row;
            default:
                _tell(Core.Koha.Rest.KohaRestNotices.NothingToAdd());
                return null;
        }
    }

    public void Dispose() => _readings.Dispose();
}
