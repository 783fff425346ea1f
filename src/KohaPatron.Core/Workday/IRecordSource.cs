namespace KohaPatron.Core.Workday;

/// <summary>What one step of reading came to.</summary>
internal enum RecordStep
{
    /// <summary>A record is at hand.</summary>
    Record,

    /// <summary>A record cannot be read, and was passed over.</summary>
    Unreadable,

    /// <summary>The buffer must be filled first.</summary>
    NeedsMore,

    /// <summary>The export ended as it should.</summary>
    End,
}

/// <summary>The records of an export one after the other, whatever it is written in: each as a JSON object with the report's own names.</summary>
internal interface IRecordSource
{
    /// <summary>The bytes of the record at hand; valid until the next step.</summary>
    ReadOnlySpan<byte> Slice { get; }

    /// <summary>The record's place in the export, from 1.</summary>
    long Record { get; }

    /// <summary>The line on which the record at hand begins, from 1.</summary>
    long SliceLine { get; }

    /// <summary>Why the record at hand cannot be read.</summary>
    string Reason { get; }

    /// <summary>
    /// What most likely begins with the next record and goes on behind it; empty where that takes a closer look. Whoever can
    /// read the record from it says so with <see cref="Take"/>: to find its end first takes as long as to read it.
    /// </summary>
    ReadOnlySpan<byte> Ahead { get; }

    /// <summary>Leaves the record behind that <see cref="Ahead"/> begins with.</summary>
    void Take(int length);

    /// <exception cref="ExportFaultException">The file is no export, or ends early.</exception>
    RecordStep Next();
}
