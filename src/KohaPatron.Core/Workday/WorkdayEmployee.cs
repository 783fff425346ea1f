namespace KohaPatron.Core.Workday;

/// <summary>An employee of a Workday export.</summary>
public sealed class WorkdayEmployee : WorkdayPerson
{
    /// <summary>Always <see cref="WorkdayPersonType.Employee"/>.</summary>
    public override WorkdayPersonType Type => WorkdayPersonType.Employee;

    /// <summary>Whether the person works here now (<c>active_status</c>); null when the export does not say.</summary>
    public bool? ActiveStatus { get; internal set; }

    /// <summary>The department (<c>department</c>).</summary>
    public string? Department { get; internal set; }

    /// <summary>The employee number (<c>employee_id</c>).</summary>
    public string? EmployeeId { get; internal set; }

    /// <summary>Staff, Faculty, Instructors, Students or Contingent Employees/Contractors (<c>etype</c>).</summary>
    public string? Etype { get; internal set; }

    /// <summary>What <see cref="Etype"/> is going to be (<c>etype_future</c>).</summary>
    public string? EtypeFuture { get; internal set; }

    /// <summary>Whether the person is a contingent worker (<c>is_contingent</c>); null when the export does not say.</summary>
    public bool? IsContingent { get; internal set; }

    /// <summary>The job profile (<c>job_profile</c>).</summary>
    public string? JobProfile { get; internal set; }

    /// <summary>The academic program that the person teaches in (<c>program</c>).</summary>
    public string? Program { get; internal set; }

    /// <summary>The e-mail address at work (<c>work_email</c>).</summary>
    public string? WorkEmail { get; internal set; }

    /// <summary>The telephone number at work (<c>work_phone</c>).</summary>
    public string? WorkPhone { get; internal set; }

    /// <summary>The e-mail address that Koha gets: <c>work_email</c>.</summary>
    public override string? Email => WorkEmail;
}
