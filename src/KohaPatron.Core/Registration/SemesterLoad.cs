using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Text;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Registration;

/// <summary>What all rows of a load have in common; the rules see nothing else but the person.</summary>
/// <param name="Settings">The tables and choices in force.</param>
/// <param name="SemesterEnd">The last day of the semester.</param>
/// <param name="Today">The day of the load, which is also the day of enrolment.</param>
/// <param name="Prox">The card numbers, or null where there is no prox report.</param>
internal sealed record SemesterLoad(KohaPatronSettings Settings, DateTime SemesterEnd, DateTime Today, ProxTable? Prox)
{
    /// <summary>The day of enrolment as text; one and the same for all rows, which are known by it.</summary>
    public string Enrolled { get; } = IsoDay.Of(Today);
}

/// <summary>A student under the terms of a load: what the rules for students decide on.</summary>
internal readonly record struct StudentCase(WorkdayStudent Person, SemesterLoad Terms);

/// <summary>An employee under the terms of a load: what the rules for employees decide on.</summary>
internal readonly record struct EmployeeCase(WorkdayEmployee Person, SemesterLoad Terms)
{
    /// <summary>The kind of employee that category and expiry go by: <c>etype</c>, else <c>etype_future</c>, else none.</summary>
    public string? Kind => CellText.OrNull(Person.Etype) ?? CellText.OrNull(Person.EtypeFuture);
}
