namespace KohaPatron.Core.PatronSync.Plan;

/// <summary>What is to happen to a patron.</summary>
internal enum LineKind
{
    /// <summary>Fields get other values.</summary>
    Change,

    /// <summary>The patron is made.</summary>
    Create,

    /// <summary>The patron, whom a run made, is taken away again.</summary>
    Delete,
}

/// <summary>A line of a plan, whatever made it: what is to happen to one patron of one Koha.</summary>
/// <param name="ApiRoot">The address of the Koha that the plan was made for, see <see cref="Plan.ApiRoot"/>.</param>
/// <param name="Kind">What is to happen.</param>
/// <param name="PatronId">Koha's number of the patron; null while there is none.</param>
/// <param name="UserId">The user id that the patron has.</param>
/// <param name="UniversalId">The universal ID, where it is known.</param>
/// <param name="Fields">The fields that are touched, and no other.</param>
internal sealed record PatronLine(string ApiRoot, LineKind Kind, int? PatronId, string UserId, string? UniversalId, IReadOnlyList<FieldChange> Fields)
{
    /// <summary>When Koha last wrote the record of a patron that is to be deleted, as it said when it did; null: nobody knows.</summary>
    public string? Stamp { get; init; }

    /// <summary>Whether it ends the account of somebody who has left; a run says by itself how many of these it may carry out.</summary>
    public bool IsLeaver { get; init; }

    /// <summary>The change of a field, or null where it stays.</summary>
    public FieldChange? Of(string field) => Fields.FirstOrDefault(each => each.Field == field);
}

/// <summary>A line is itself, not its values: comparing them would cost more than the rest.</summary>
internal sealed class LineComparer : IEqualityComparer<PatronLine>
{
    public static readonly LineComparer One = new();

    public bool Equals(PatronLine? x, PatronLine? y) => ReferenceEquals(x, y);

    public int GetHashCode(PatronLine obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
}

/// <summary>How a Koha is named in plans and journals: by its API's address alone, whatever the connection is called.</summary>
internal static class ApiRoot
{
    public static string Of(Uri root) => root.AbsoluteUri.TrimEnd('/');

    public static bool Same(string? one, string other) => string.Equals(one?.TrimEnd('/'), other, StringComparison.Ordinal);
}
