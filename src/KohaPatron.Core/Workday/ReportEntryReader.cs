using System.Runtime.CompilerServices;
using System.Text.Json;
using KohaPatron.Core.Files;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Workday;

/// <summary>
/// Finds the records of an export, one slice of bytes after the other: the elements of <c>Report_Entry</c>, of a bare
/// array, or the single object that stands in place of the list. It knows nothing of people.
/// </summary>
internal sealed class ReportEntryReader(ExportBuffer buffer) : IRecordSource
{
    /// <summary>How deep a record may be nested is for whoever reads it to say: here it only has to end.</summary>
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private enum Phase
    {
        Root,
        Keys,
        SkippedValue,
        Entry,
        Elements,
        End,
    }

    private readonly List<string> _otherKeys = [];
    private JsonReaderState _state = new(AnyDepth);
    private OversizedRecord? _oversized;
    private long _linesBeforeState;
    private Phase _phase = Phase.Root;
    private bool _rootIsArray;
    private bool _entrySeen;
    private int _sliceStart;
    private int _sliceLength;
    private int _aheadStart;

    /// <summary>The bytes of the record at hand; valid until the next step.</summary>
    public ReadOnlySpan<byte> Slice => buffer.Window.Slice(_sliceStart, _sliceLength);

    /// <summary>The record's place in the export, from 1.</summary>
    public long Record { get; private set; }

    /// <summary>The line on which the record at hand begins, from 1.</summary>
    public long SliceLine => buffer.LineAt(_sliceStart);

    public string Reason => "is larger than 16 MB, which cannot be a person";

    public ReadOnlySpan<byte> Ahead
    {
        get
        {
            LeaveSlice();
            // Behind a record of the list: a comma and a brace. The first one, and whatever else stands there, is for the JSON reader.
            if (_phase != Phase.Elements || Record == 0 || _oversized is not null)
                return [];
            var window = buffer.Window;
            var comma = EndOfSpace(window, 0);
            if (comma == window.Length || window[comma] != (byte)',')
                return [];
            _aheadStart = EndOfSpace(window, comma + 1);
            return _aheadStart < window.Length && window[_aheadStart] == (byte)'{' ? window.Slice(_aheadStart) : [];
        }
    }

    public void Take(int length)
    {
        // The JSON reader has not seen these lines, and where it stands is the same behind each record.
        var line = buffer.Line;
        buffer.Advance(_aheadStart + length);
        _linesBeforeState += buffer.Line - line;
        Record++;
    }

    /// <exception cref="ExportFaultException">The export is not JSON, not an export, or ends early.</exception>
    public RecordStep Next()
    {
        LeaveSlice();
        try
        {
            return Advance();
        }
        catch (JsonException e)
        {
            throw Fault(e);
        }
    }

    [MethodImpl(Compile.Fully)]
    private static int EndOfSpace(ReadOnlySpan<byte> window, int at)
    {
        while (at < window.Length && window[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            at++;
        return at;
    }

    private void LeaveSlice()
    {
        buffer.Advance(_sliceStart + _sliceLength);
        _sliceStart = _sliceLength = 0;
    }

    private RecordStep Advance()
    {
        if (_oversized is not null)
            return PassOver();
        while (true)
        {
            var reader = new Utf8JsonReader(buffer.Window, buffer.IsFinal, _state);
            if (!TryAdvance(ref reader))
                return _phase == Phase.End && buffer.IsFinal ? RecordStep.End : Wait();

            _state = reader.CurrentState;
            if (_sliceLength > 0)
            {
                Record++;
                return RecordStep.Record;
            }

            buffer.Advance((int)reader.BytesConsumed);
        }
    }

    private RecordStep Wait()
    {
        if (buffer.IsFull && _phase == Phase.Elements)
        {
            _oversized = new OversizedRecord();
            return PassOver();
        }

        if (buffer.IsFull)
            throw new ExportFaultException(ExportFault.RecordTooLarge) { Record = Record + 1, Line = buffer.Line };
        return RecordStep.NeedsMore;
    }

    private RecordStep PassOver()
    {
        var ended = _oversized!.TryEnd(buffer.Window, out var length);
        buffer.Advance(length);
        if (!ended)
            return buffer.IsFinal ? throw new ExportFaultException(ExportFault.Truncated) { Record = Record + 1, Offset = buffer.BytesRead, InRecords = true } : RecordStep.NeedsMore;
        _oversized = null;
        _state = StateAfterRecord();
        _linesBeforeState = buffer.Line - 1;
        Record++;
        return RecordStep.Unreadable;
    }

    /// <summary>Where the JSON reader stands after a record that it has not seen.</summary>
    private JsonReaderState StateAfterRecord()
    {
        var reader = new Utf8JsonReader(_rootIsArray ? "[null"u8 : "{\"Report_Entry\":[null"u8, isFinalBlock: false, new JsonReaderState(AnyDepth));
        while (reader.TokenType != JsonTokenType.Null)
            reader.Read();
        return reader.CurrentState;
    }

    private bool TryAdvance(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            return false;
        switch (_phase)
        {
            case Phase.Root:
                _rootIsArray = reader.TokenType == JsonTokenType.StartArray;
                _phase = reader.TokenType switch
                {
                    JsonTokenType.StartArray => Phase.Elements,
                    JsonTokenType.StartObject => Phase.Keys,
                    _ => throw new ExportFaultException(ExportFault.NoReportEntry) { Found = JsonShape.InWords(reader.TokenType) },
                };
                return true;

            case Phase.Keys when reader.TokenType == JsonTokenType.EndObject:
                if (!_entrySeen)
                    throw new ExportFaultException(ExportFault.NoReportEntry) { Found = KeysInWords() };
                _phase = Phase.End;
                return true;

            case Phase.Keys:
                _phase = reader.ValueTextEquals("Report_Entry"u8) ? Phase.Entry : Phase.SkippedValue;
                if (_phase == Phase.SkippedValue && _otherKeys.Count < 5)
                    _otherKeys.Add(reader.GetString()!);
                return true;

            case Phase.SkippedValue:
                if (!reader.TrySkip())
                    return false;
                _phase = Phase.Keys;
                return true;

            case Phase.Entry:
                return TryEnter(ref reader);

            case Phase.Elements when reader.TokenType == JsonTokenType.EndArray:
                _phase = _rootIsArray ? Phase.End : Phase.Keys;
                return true;

            case Phase.Elements:
                return TrySlice(ref reader);

            default:
                throw new ExportFaultException(ExportFault.NotJson) { Line = buffer.Line };
        }
    }

    private bool TryEnter(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                _phase = Phase.Elements;
                break;
            case JsonTokenType.StartObject:
                if (!TrySlice(ref reader))
                    return false;
                _phase = Phase.Keys;
                break;
            case JsonTokenType.Null:
                _phase = Phase.Keys;
                break;
            default:
                throw new ExportFaultException(ExportFault.EntryNotAList) { Found = JsonShape.InWords(reader.TokenType), Line = buffer.Line };
        }

        _entrySeen = true;
        return true;
    }

    private bool TrySlice(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
            return false;
        _sliceStart = start;
        _sliceLength = (int)reader.BytesConsumed - start;
        return true;
    }

    private ExportFaultException Fault(JsonException e)
    {
        var kind = buffer.BytesRead == 0 ? ExportFault.Empty
            : LooksLikeHtml() ? ExportFault.Html
            : Record == 0 && FirstBytes.Utf16(buffer.Window) is not null ? ExportFault.Utf16
            : buffer.IsFinal && OnlyLacksMore() ? ExportFault.Truncated
            : ExportFault.NotJson;
        return new ExportFaultException(kind, e)
        {
            Record = Record + 1,
            Line = _linesBeforeState + (e.LineNumber ?? 0) + 1,
            Offset = buffer.BytesRead,
            InRecords = _phase is Phase.Elements or Phase.Entry,
        };
    }

    /// <summary>Whether what is there would be fine if only more came: the export was cut off.</summary>
    private bool OnlyLacksMore()
    {
        try
        {
            var reader = new Utf8JsonReader(buffer.Window, isFinalBlock: false, _state);
            while (reader.Read())
            {
                // each token that can be read is fine
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private bool LooksLikeHtml()
    {
        if (_phase != Phase.Root)
            return false;
        foreach (var letter in buffer.Window)
        {
            if (letter is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                return letter == (byte)'<';
        }

        return false;
    }

    private string KeysInWords() => _otherKeys.Count == 0
        ? "an empty object"
        : "an object with " + string.Join(", ", _otherKeys.Select(key => $"\"{key}\""));
}
