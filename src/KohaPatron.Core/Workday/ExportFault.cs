namespace KohaPatron.Core.Workday;

/// <summary>What ends the reading of an export.</summary>
internal enum ExportFault
{
    Empty,
    EmptyCsv,
    NoHeader,
    Workbook,
    Html,
    Utf16,
    NotJson,
    NoReportEntry,
    EntryNotAList,
    NotAnExport,
    OtherPeople,
    RecordTooLarge,
    Truncated,
}

/// <summary>The export cannot be read further; says where, never what stood there.</summary>
internal sealed class ExportFaultException(ExportFault fault, Exception? inner = null) : Exception(fault.ToString(), inner)
{
    public ExportFault Fault { get; } = fault;

    public string? Found { get; init; }

    public long Record { get; init; }

    public long Line { get; init; }

    public long Offset { get; init; }

    public bool InRecords { get; init; }
}
