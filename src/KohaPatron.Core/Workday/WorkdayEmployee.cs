using System.Text.Json.Serialization;

namespace KohaPatron.Core.Workday;

/// <summary>An employee of a Workday export.</summary>
public sealed class WorkdayEmployee : WorkdayPerson
{
    [JsonIgnore, JsonPropertyName("#Type")]
    public override WorkdayPersonType Type => WorkdayPersonType.Employee;

    /// <summary>Whether the person works here now (<c>active_status</c>); null when the export does not say.</summary>
    [JsonInclude, JsonPropertyName("active_status")]
    public bool? ActiveStatus { get; internal set; }

    /// <summary>The department (<c>department</c>).</summary>
    [JsonInclude, JsonPropertyName("department"), JsonConverter(typeof(WorkdayTermConverter))]
    public string? Department { get; internal set; }

    /// <summary>The employee number (<c>employee_id</c>).</summary>
    [JsonInclude, JsonPropertyName("employee_id")]
    public string? EmployeeId { get; internal set; }

    /// <summary>Staff, Faculty, Instructors, Students or Contingent Employees/Contractors (<c>etype</c>).</summary>
    [JsonInclude, JsonPropertyName("etype"), JsonConverter(typeof(WorkdayTermConverter))]
    public string? Etype { get; internal set; }

    /// <summary>What <see cref="Etype"/> is going to be (<c>etype_future</c>).</summary>
    [JsonInclude, JsonPropertyName("etype_future"), JsonConverter(typeof(WorkdayTermConverter))]
    public string? EtypeFuture { get; internal set; }

    /// <summary>Whether the person is a contingent worker (<c>is_contingent</c>); null when the export does not say.</summary>
    [JsonInclude, JsonPropertyName("is_contingent")]
    public bool? IsContingent { get; internal set; }

    /// <summary>The job profile (<c>job_profile</c>).</summary>
    [JsonInclude, JsonPropertyName("job_profile"), JsonConverter(typeof(WorkdayTermConverter))]
    public string? JobProfile { get; internal set; }

    /// <summary>The academic program that the person teaches in (<c>program</c>).</summary>
    [JsonInclude, JsonPropertyName("program"), JsonConverter(typeof(WorkdayTermConverter))]
    public string? Program { get; internal set; }

    /// <summary>The e-mail address at work (<c>work_email</c>).</summary>
    [JsonInclude, JsonPropertyName("work_email")]
    public string? WorkEmail { get; internal set; }

    /// <summary>The telephone number at work (<c>work_phone</c>).</summary>
    [JsonInclude, JsonPropertyName("work_phone")]
    public string? WorkPhone { get; internal set; }

    [JsonIgnore, JsonPropertyName("#Email")]
    public override string? Email => WorkEmail;
}
