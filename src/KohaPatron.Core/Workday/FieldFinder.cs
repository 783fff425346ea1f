using System.Runtime.CompilerServices;
using System.Text.Json;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Workday;

/// <summary>Finds fields by the name at hand. Records of an export have their fields in one order: what followed last time is tried first.</summary>
internal sealed class FieldFinder<TPerson>(ExportColumns<TPerson> columns)
    where TPerson : WorkdayPerson
{
    private readonly int[] _followers = new int[columns.Fields.Length];
    private readonly bool[] _found = new bool[columns.Fields.Length];
    private readonly HashSet<string> _others = new(StringComparer.Ordinal);
    private int _last;

    /// <summary>The fields, by the columns that a record may have.</summary>
    public WorkdayField<TPerson>[] Fields => columns.Fields;

    /// <summary>Whether a person was read by these.</summary>
    public bool WasUsed { get; private set; }

    /// <summary>The columns that nobody asked for.</summary>
    public IReadOnlyCollection<string> Others => _others;

    /// <summary>Before the fields of a record.</summary>
    public void Begin(TPerson person)
    {
        WasUsed = true;
        columns.Begin(person);
    }

    /// <summary>After the fields of a record.</summary>
    public void Finish(TPerson person) => columns.Finish(person);

    /// <summary>The field, or null for one that this module does not know.</summary>
    [MethodImpl(Compile.Fully)]
    public WorkdayField<TPerson>? Find(ref Utf8JsonReader reader)
    {
        var at = _followers[_last];
        if (!Fields[at].IsAt(ref reader) && (at = PlaceOf(ref reader)) < 0)
        {
            if (columns.Asked.Count > 0)
                _others.Add(reader.GetString()!);
            return null;
        }

        _found[at] = true;
        return Fields[_last = _followers[_last] = at];
    }

    /// <summary>The columns that were asked for, and that no record had.</summary>
    public IEnumerable<(string Word, string Column)> Missing() =>
        columns.Asked.Where(asked => !Fields.Where((field, at) => field.Name == asked.Column && _found[at]).Any());

    private int PlaceOf(ref Utf8JsonReader reader)
    {
        for (var at = 0; at < Fields.Length; at++)
        {
            if (Fields[at].IsAt(ref reader))
                return at;
        }

        return -1;
    }
}
