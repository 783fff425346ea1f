using System.Text.Json;
using KohaPatron.Core.Settings;

namespace KohaPatron.Core.Workday;

/// <summary>
/// The fields of one report by its own columns: those of Workday, with other names, several columns for one field, one
/// column for several fields, or the same value for everybody, as the settings say.
/// </summary>
internal sealed class ExportColumns<TPerson>
    where TPerson : WorkdayPerson
{
    private readonly List<WorkdayField<TPerson>> _named = [];
    private readonly List<IGathered<TPerson>> _gathered = [];
    private readonly List<(WorkdayField<TPerson> Field, string Value)> _constants = [];

    /// <summary>The columns of a report.</summary>
    /// <param name="fields">The module's fields, under Workday's names.</param>
    /// <param name="settings">What the settings say of the report.</param>
    /// <param name="isCsv">Whether it is a CSV, which has no lists.</param>
    public ExportColumns(WorkdayField<TPerson>[] fields, ExportSettings settings, bool isCsv)
    {
        if (settings.Fields.Count == 0 && !isCsv)
        {
            Fields = fields;
            return;
        }

        var claimed = new HashSet<string>(settings.Fields.Values.SelectMany(source => source.Columns).Select(column => ColumnPath.Parse(column).Name), StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (settings.Fields.TryGetValue(field.Word, out var source))
                Add(field, source, settings.ProgramSeparator);
            else if (!claimed.Contains(field.Name))
                Add(field, new FieldSource([field.Name], null), settings.ProgramSeparator);
        }

        Fields = [.. _named.GroupBy(field => field.Name, StringComparer.Ordinal).Select(column => column.Count() == 1 ? column.First() : Shared([.. column]))];
        Asked = [.. fields.Where(field => settings.Fields.ContainsKey(field.Word) || isCsv && IsNeeded(field.Word))
            .SelectMany(field => _named.Where(named => named.Word == field.Word).Select(named => (field.Word, named.Name)))];
    }

    /// <summary>The fields, by the columns that a record may have.</summary>
    public WorkdayField<TPerson>[] Fields { get; }

    /// <summary>The words and columns whose absence is told.</summary>
    public IReadOnlyList<(string Word, string Column)> Asked { get; } = [];

    /// <summary>Before the fields of a record.</summary>
    public void Begin(TPerson person)
    {
        foreach (var (field, value) in _constants)
            field.Set(person, value);
        foreach (var gathered in _gathered)
            gathered.Clear();
    }

    /// <summary>After the fields of a record.</summary>
    public void Finish(TPerson person)
    {
        foreach (var gathered in _gathered)
            gathered.Give(person);
    }

    private static bool IsNeeded(string word) => word is "userName" or "universalId" or "lastName" or "email";

    private void Add(WorkdayField<TPerson> field, FieldSource source, string? programSeparator)
    {
        if (field.Word == WorkdayFields.Programs)
            AddPrograms(field, source, programSeparator);
        else if (source.Constant is { } constant)
            _constants.Add((field, constant));
        else if (source.Columns is [var only])
            _named.Add(field.Under(only));
        else
            AddGathered(new FirstText<TPerson>(field, source.Columns));
    }

    private void AddPrograms(WorkdayField<TPerson> field, FieldSource source, string? separator)
    {
        var programs = new GatheredPrograms<TPerson>(field, [.. source.Columns.Select(ColumnPath.Parse)], separator, source.Constant);
        AddGathered(programs);
    }

    private void AddGathered(IGathered<TPerson> gathered)
    {
        _gathered.Add(gathered);
        _named.AddRange(gathered.Fields);
    }

    /// <summary>A column that several fields go by: it is read as text, and each takes it.</summary>
    private static WorkdayField<TPerson> Shared(IReadOnlyList<WorkdayField<TPerson>> fields) => fields[0] with
    {
        Read = (ref reader, person, terms) =>
        {
            var text = reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean().ToString() : terms.Read(ref reader);
            foreach (var field in fields)
                field.Set(person, text);
        },
    };
}

/// <summary>A field whose value is put together from several columns.</summary>
internal interface IGathered<TPerson>
{
    /// <summary>The columns, each as a field of its own.</summary>
    IEnumerable<WorkdayField<TPerson>> Fields { get; }

    void Clear();

    /// <summary>Gives the person what the columns held.</summary>
    void Give(TPerson person);
}

/// <summary>A field that has the first text that is not blank, in the order of the settings.</summary>
internal sealed class FirstText<TPerson>(WorkdayField<TPerson> target, IReadOnlyList<string> columns) : IGathered<TPerson>
{
    private readonly string?[] _texts = new string?[columns.Count];

    public IEnumerable<WorkdayField<TPerson>> Fields => columns.Select((column, place) => target.Under(column) with
    {
        Read = (ref reader, _, terms) => _texts[place] = reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean().ToString() : terms.Read(ref reader),
        Set = (_, text) => _texts[place] = text,
    });

    public void Clear() => Array.Clear(_texts, 0, _texts.Length);

    public void Give(TPerson person)
    {
        foreach (var text in _texts)
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            target.Set(person, text);
            return;
        }
    }
}
