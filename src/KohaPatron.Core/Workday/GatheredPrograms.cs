using System.Text.Json;

namespace KohaPatron.Core.Workday;

/// <summary>The programs of a student in whatever form a report has them: several columns, a text with separators, a list.</summary>
/// <param name="target">The list of programs.</param>
/// <param name="columns">The columns, in the order of the settings.</param>
/// <param name="separator">What stands between the programs of a text; null: it is one.</param>
/// <param name="constant">What everybody has; null: the columns tell.</param>
internal sealed class GatheredPrograms<TPerson>(WorkdayField<TPerson> target, IReadOnlyList<ColumnPath> columns, string? separator, string? constant) : IGathered<TPerson>
{
    private readonly IReadOnlyList<WorkdayProgram>[] _programs = new IReadOnlyList<WorkdayProgram>[Math.Max(columns.Count, 1)];

    public IEnumerable<WorkdayField<TPerson>> Fields => columns.Select((column, place) => target.Under(column.Name) with
    {
        Read = (ref reader, _, terms) => _programs[place] = Read(ref reader, column.Member, terms),
        Set = (_, text) => _programs[place] = Split(text),
    });

    public void Clear()
    {
        for (var place = 0; place < _programs.Length; place++)
            _programs[place] = [];
        if (constant is not null)
            _programs[0] = Split(constant);
    }

    public void Give(TPerson person) =>
        ((WorkdayStudent)(object)person!).Programs = _programs.Length == 1 ? _programs[0] : [.. _programs.SelectMany(programs => programs)];

    private IReadOnlyList<WorkdayProgram> Read(ref Utf8JsonReader reader, string? member, WorkdayTerms terms) => reader.TokenType switch
    {
        JsonTokenType.StartArray => ReadList(ref reader, member, terms),
        JsonTokenType.StartObject => [ReadObject(ref reader, member, terms)],
        _ => Split(terms.Read(ref reader)),
    };

    private List<WorkdayProgram> ReadList(ref Utf8JsonReader reader, string? member, WorkdayTerms terms)
    {
        var programs = new List<WorkdayProgram>(2);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                programs.Add(ReadObject(ref reader, member, terms));
            else
                programs.AddRange(Split(terms.Read(ref reader)));
        }

        return programs;
    }

    private static WorkdayProgram ReadObject(ref Utf8JsonReader reader, string? member, WorkdayTerms terms)
    {
        if (member is null)
            return WorkdayProgramList.Read(ref reader, terms)[0];
        var program = new WorkdayProgram();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(member);
            if (!reader.Read() || !isIt && !reader.TrySkip())
                break;
            if (isIt)
                program.Program = terms.Read(ref reader);
        }

        return program;
    }

    private IReadOnlyList<WorkdayProgram> Split(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        if (separator is null)
            return [new WorkdayProgram { Program = text }];
        return [.. text!.Split([separator], StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Trim())
            .Where(part => part.Length > 0)
            .Select(part => new WorkdayProgram { Program = part })];
    }
}
