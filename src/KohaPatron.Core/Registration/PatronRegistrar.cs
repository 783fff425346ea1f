using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Csv;
using KohaPatron.Core.Notices;
using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Text;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Registration;

/// <summary>
/// Makes rows of people, one after the other, and keeps what only the whole load shows: two people with one user id or
/// one card, and the totals.
/// </summary>
internal sealed class PatronRegistrar(SemesterLoad terms, Action<Notice> tell)
{
    /// <summary>From so many people on, it tells something how many of them the report knows.</summary>
    private const int Many = 100;

    private readonly string _enrolled = IsoDay.Of(terms.Today);
    private readonly StringBuilder _attributes = new();
    private readonly SeenUserIds _userIds = new();
    private readonly CardHolders _cards = new();
    private readonly UnknownTerms _unknownTerms = new();
    private readonly Dictionary<string, WorkdayExport> _exports = new(StringComparer.Ordinal);
    private (DateTime Day, string Text) _lastExpiry = (terms.SemesterEnd, IsoDay.Of(terms.SemesterEnd));
    private WorkdayExport? _lastExport;
    private bool _cardIsFromReport;

    /// <summary>The totals so far.</summary>
    public PatronLoadSummary Summary { get; init; } = new();

    /// <summary>What is to be said before the first person.</summary>
    public void Begin()
    {
        if (terms.Prox is null)
            tell(RegistrationNotices.NoProxReport());
        if (terms.SemesterEnd < terms.Today)
            tell(RegistrationNotices.EndIsPast(terms));
    }

    /// <summary>The row of a person, or else why there is none.</summary>
    /// <exception cref="KohaPatronException">The settings have no rule for this person's expiry.</exception>
    [MethodImpl(Compile.Fully)]
    public (KohaPatronRow? Row, SkippedPatron? Skipped) Register(WorkdayPerson person)
    {
        Summary.People++;
        Remember(person.Export);
        var skip = LeaveOutRule.Reason(person, terms);
        if (skip.Value is { } reason)
            return (null, Skip(person, reason, skip.Remark));

        var row = person is WorkdayEmployee employee ? RowOf(employee) : RowOf((WorkdayStudent)person);
        Flatten(row);
        TellCollision(row);
        Summary.Rows++;
        return (row, null);
    }

    /// <summary>What is to be said after the last person.</summary>
    public void End()
    {
        foreach (var notice in _unknownTerms.Notices())
            tell(notice);
        foreach (var export in _exports.Values.Where(export => export.IsBroken))
            tell(RegistrationNotices.ExportIncomplete(export));
        Summary.Exports = [.. _exports.Values.Select(export => new WorkdayExportSummary(export.Name, export.People, export.IsComplete, export.Written))];
        CheckCards();
    }

    /// <summary>A report of other people, or half of one, has rows in order: it shows only beside the people of the load.</summary>
    private void CheckCards()
    {
        if (terms.Prox?.HasCards != true)
            return;
        var (cards, rows) = (Summary.CardsFromReport, Summary.Rows);
        if (rows >= Many && 2 * cards < rows)
            tell(RegistrationNotices.FewHaveCards(cards, rows));
    }

    [MethodImpl(Compile.Fully)]
    private KohaPatronRow RowOf(WorkdayStudent student)
    {
        var at = new StudentCase(student, terms);
        var row = CommonRow(student);
        row.categorycode = Decide(CategoryRule.Students.For(at), student);
        row.dateexpiry = Expiry(Decide(ExpiryRule.Students.For(at), student)!.Value);
        row.phone = CellText.OrNull(student.Phone) ?? string.Empty;
        var types = terms.Settings.Attributes;
        PatronAttributes.Append(_attributes, types.StudentId, CellText.OrNull(student.StudentId));
        PatronAttributes.Append(_attributes, types.Major, Decide(MajorRule.Table.For(at), student));
        row.patron_attributes = _attributes.ToString();
        if (student.Type == WorkdayPersonType.PreCollege)
            row.borrowernotes = "Pre-college " + terms.Today.Year.ToString(CultureInfo.InvariantCulture);
        return row;
    }

    [MethodImpl(Compile.Fully)]
    private KohaPatronRow RowOf(WorkdayEmployee employee)
    {
        var at = new EmployeeCase(employee, terms);
        Decide(InstructorRule.Table.For(at), employee);
        var row = CommonRow(employee);
        row.categorycode = Decide(CategoryRule.Employees.For(at), employee);
        var expiry = ExpiryRule.Employees.For(at);
        row.dateexpiry = Expiry(Decide(expiry, employee) ?? throw new KohaPatronException(RegistrationNotices.NoFacultyExpiry(terms)));
        row.phone = CellText.OrNull(employee.WorkPhone) ?? CellText.OrNull(employee.Phone) ?? string.Empty;
        PatronAttributes.Append(_attributes, terms.Settings.Attributes.Department, Decide(DepartmentRule.Table.For(at), employee));
        row.patron_attributes = _attributes.ToString();
        return row;
    }

    [MethodImpl(Compile.Fully)]
    private KohaPatronRow CommonRow(WorkdayPerson person)
    {
        (var cardNumber, _cardIsFromReport) = RowCardRule.For(person, terms);
        if (_cardIsFromReport)
            Summary.CardsFromReport++;
        else
            Summary.CardsFromUniversalId++;
        _attributes.Clear();
        PatronAttributes.Append(_attributes, terms.Settings.Attributes.UniversalId, person.UniversalId!.Trim());
        return new KohaPatronRow
        {
            branchcode = terms.Settings.Library,
            cardnumber = cardNumber,
            dateenrolled = _enrolled,
            email = person.Email!.Trim(),
            firstname = CellText.OrNull(person.FirstName) ?? string.Empty,
            surname = person.LastName!.Trim(),
            userid = person.UserName!.Trim(),
            Reading = person.Export?.Reading,
        };
    }

    private SkippedPatron Skip(WorkdayPerson person, SkipReason reason, Remark remark)
    {
        Summary.Count(reason);
        var skipped = new SkippedPatron(person.UserName, person.UniversalId, person.Type, reason, LeaveOutRule.InWords(reason, person));
        if (remark == Remark.SkipIsUnexpected)
            tell(RegistrationNotices.LeftOut(skipped, person));
        return skipped;
    }

    private TValue Decide<TValue>(Decision<TValue> decision, WorkdayPerson person)
    {
        if (decision.Remark is Remark.None or Remark.FacultyExpiryMissing)
            return decision.Value;
        var notice = RegistrationNotices.Remarked(decision.Remark, person, terms);
        if (notice.Level < NoticeLevel.Warning)
            _unknownTerms.Add(decision.Remark, RegistrationNotices.UnknownTermOf(decision.Remark, person, terms), (string)notice.Target!);
        tell(notice);
        return decision.Value;
    }

    private void Flatten(KohaPatronRow row)
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
            tell(KohaCsvNotices.Flattened(row.userid, column.Name, values[i]));
        }

        row.IsOnOneLine = true;
    }

    /// <summary>Two rows that Koha would take for one patron, or that want one card. Whoever repeats a user id is not told of the card as well.</summary>
    [MethodImpl(Compile.Fully)]
    private void TellCollision(KohaPatronRow row)
    {
        var isNew = _userIds.Add(row.userid, out var place);
        var hasOwnCard = _cards.Add(row.cardnumber, _cardIsFromReport, place, out var holder);
        if (!isNew)
            tell(RegistrationNotices.SameUserId(row.userid));
        else if (!hasOwnCard)
            tell(RegistrationNotices.SameCard(row.userid, holder is { } first ? _userIds.At(first) : null));
    }

    private void Remember(WorkdayExport? export)
    {
        if (export is null || ReferenceEquals(export, _lastExport))
            return;
        _lastExport = export;
        _exports[export.Name] = export;
    }

    private string Expiry(DateTime day)
    {
        if (day != _lastExpiry.Day)
            _lastExpiry = (day, IsoDay.Of(day));
        return _lastExpiry.Text;
    }
}
