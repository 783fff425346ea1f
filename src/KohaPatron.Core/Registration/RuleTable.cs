using System.Runtime.CompilerServices;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Registration;

/// <summary>A line of a rule: when it applies, what it gives, and what there is to remark.</summary>
/// <param name="When">The condition in words, as a librarian reads it.</param>
/// <param name="Then">The result in words.</param>
/// <param name="Applies">The condition.</param>
/// <param name="Give">The result.</param>
/// <param name="Remark">What somebody should look at when this line applied, if anything.</param>
internal sealed record RuleLine<TCase, TValue>(string When, string Then, Func<TCase, bool> Applies, Func<TCase, TValue> Give, Remark Remark = Remark.None);

/// <summary>What a rule decided.</summary>
/// <param name="Value">The value.</param>
/// <param name="Line">The line that applied, in words.</param>
/// <param name="Remark">What somebody should look at, if anything.</param>
internal readonly record struct Decision<TValue>(TValue Value, string Line, Remark Remark);

/// <summary>A rule as a table: the first line that applies decides; the last one is the named "otherwise", which always does.</summary>
internal sealed class RuleTable<TCase, TValue>(string name, params RuleLine<TCase, TValue>[] lines)
{
    public const string Otherwise = "otherwise";

    /// <summary>What the rule decides.</summary>
    public string Name { get; } = name;

    public IReadOnlyList<RuleLine<TCase, TValue>> Lines { get; } = lines;

    [MethodImpl(Compile.Fully)]
    public Decision<TValue> For(in TCase subject)
    {
        foreach (var line in lines)
        {
            if (line.Applies(subject))
                return new Decision<TValue>(line.Give(subject), line.When, line.Remark);
        }

        throw new InvalidOperationException($"The rule \"{Name}\" has no line \"{Otherwise}\".");
    }
}

/// <summary>What a rule found worth a look.</summary>
internal enum Remark
{
    None,
    EtypeMissing,
    EtypeUnknown,
    NoMajor,
    UnknownDepartment,
    NoDepartment,
    CheckInstructor,
    FacultyExpiryFallsBack,
    FacultyExpiryMissing,
    SkipIsUnexpected,
}
