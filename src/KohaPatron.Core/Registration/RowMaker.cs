using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Csv;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Registration;

/// <summary>
/// Makes rows of people, each by its own record and the terms of the load alone. It tells nobody anything, and so may work
/// ahead on another thread; each thread needs a maker of its own.
/// </summary>
internal sealed class RowMaker(SemesterLoad terms)
{
    private readonly StringBuilder _attributes = new();
    private (DateTime Day, string Text) _lastExpiry = (terms.SemesterEnd, IsoDay.Of(terms.SemesterEnd));

    /// <summary>The row of a person, or else why there is none, or what went wrong: nothing is thrown.</summary>
    [MethodImpl(Compile.Fully)]
    public RowDraft Make(WorkdayPerson person)
    {
        var draft = new RowDraft();
        try
        {
            var skip = LeaveOutRule.Reason(person, terms);
            if (Decided(skip, draft) is { } reason)
            {
                draft.Skipped = new SkippedPatron(person.UserName, person.UniversalId, person.Type, reason, LeaveOutRule.InWords(reason, person));
                return draft;
            }

            var row = person is WorkdayEmployee employee ? RowOf(employee, draft) : RowOf((WorkdayStudent)person, draft);
            Flatten(row, draft);
            draft.Row = row;
        }
        catch (Exception e)
        {
            draft.Fault = e;
        }

        return draft;
    }

    [MethodImpl(Compile.Fully)]
    private KohaPatronRow RowOf(WorkdayStudent student, RowDraft draft)
    {
        var at = new StudentCase(student, terms);
        var row = CommonRow(student, draft);
        row.categorycode = Decided(CategoryRule.Students.For(at), draft);
        row.dateexpiry = Expiry(Decided(ExpiryRule.Students.For(at), draft)!.Value);
        row.phone = CellText.OrNull(student.Phone) ?? string.Empty;
        var types = terms.Settings.Attributes;
        PatronAttributes.Append(_attributes, types.StudentId, CellText.OrNull(student.StudentId));
        PatronAttributes.Append(_attributes, types.Major, Decided(MajorRule.Table.For(at), draft));
        row.patron_attributes = _attributes.ToString();
        if (student.Type == WorkdayPersonType.PreCollege)
            row.borrowernotes = "Pre-college " + terms.Today.Year.ToString(CultureInfo.InvariantCulture);
        return row;
    }

    [MethodImpl(Compile.Fully)]
    private KohaPatronRow RowOf(WorkdayEmployee employee, RowDraft draft)
    {
        var at = new EmployeeCase(employee, terms);
        Decided(InstructorRule.Table.For(at), draft);
        var row = CommonRow(employee, draft);
        row.categorycode = Decided(CategoryRule.Employees.For(at), draft);
        var expiry = ExpiryRule.Employees.For(at);
        row.dateexpiry = Expiry(Decided(expiry, draft) ?? throw new KohaPatronException(RegistrationNotices.NoFacultyExpiry(terms)));
        row.phone = CellText.OrNull(employee.WorkPhone) ?? CellText.OrNull(employee.Phone) ?? string.Empty;
        PatronAttributes.Append(_attributes, terms.Settings.Attributes.Department, Decided(DepartmentRule.Table.For(at), draft));
        row.patron_attributes = _attributes.ToString();
        return row;
    }

    [MethodImpl(Compile.Fully)]
    private KohaPatronRow CommonRow(WorkdayPerson person, RowDraft draft)
    {
        (var cardNumber, draft.CardIsFromReport) = RowCardRule.For(person, terms);
        _attributes.Clear();
        PatronAttributes.Append(_attributes, terms.Settings.Attributes.UniversalId, person.UniversalId!.Trim());
        return new KohaPatronRow
        {
            branchcode = terms.Settings.Library,
            cardnumber = cardNumber,
            dateenrolled = terms.Enrolled,
            email = person.Email!.Trim(),
            firstname = CellText.OrNull(person.FirstName) ?? string.Empty,
            surname = person.LastName!.Trim(),
            userid = person.UserName!.Trim(),
            Reading = person.Export?.Reading,
        };
    }

    private static TValue Decided<TValue>(Decision<TValue> decision, RowDraft draft)
    {
        if (decision.Remark is not (Remark.None or Remark.FacultyExpiryMissing))
            (draft.Remarks ??= []).Add(decision.Remark);
        return decision.Value;
    }

    private static void Flatten(KohaPatronRow row, RowDraft draft)
    {
        if (!row.HasLineBreaks())
        {
            row.IsOnOneLine = true;
            return;
        }

        var values = row.Values();
        for (var i = 0; i < values.Length; i++)
        {
            if (!CellText.NeedsFlattening(values[i]))
                continue;
            var column = KohaColumns.All[i];
            column.Set(row, CellText.Flatten(values[i]));
            (draft.Notices ??= []).Add(KohaCsvNotices.Flattened(row.userid, column.Name, values[i]));
        }

        row.IsOnOneLine = true;
    }

    private string Expiry(DateTime day)
    {
        if (day != _lastExpiry.Day)
            _lastExpiry = (day, IsoDay.Of(day));
        return _lastExpiry.Text;
    }
}
