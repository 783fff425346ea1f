using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>What the patron of a key may do: whole modules ("borrowers"), single permissions ("borrowers:list_borrowers"), or everything ("superlibrarian").</summary>
public sealed class Permissions
{
    private readonly HashSet<string> _granted;

    /// <param name="text">As the seed words it: "whole borrowers module + catalogue", "borrowers:list_borrowers + edit_borrowers", "none".</param>
    public Permissions(string text)
    {
        _granted = new(StringComparer.Ordinal);
        string? module = null;
        foreach (var part in text.Replace(" only", "", StringComparison.Ordinal).Split(" + "))
        {
            var name = part.Replace("whole ", "", StringComparison.Ordinal).Replace(" module", "", StringComparison.Ordinal);
            if (name.Contains(':', StringComparison.Ordinal))
                module = name.Split(':')[0];
            else if (module is not null)
                name = $"{module}:{name}";
            if (name != "none")
                _granted.Add(name);
        }
    }

    public bool IsSuperlibrarian => _granted.Contains("superlibrarian");

    public void Grant(string permission) => _granted.Add(permission);

    /// <summary>Takes the single permissions away; whole modules stay.</summary>
    public void RevokeSingle() => _granted.RemoveWhere(each => each.Contains(':', StringComparison.Ordinal));

    public bool May(string module, string permission) =>
        IsSuperlibrarian || _granted.Contains(module) || _granted.Contains($"{module}:{permission}");
}

/// <summary>What a route asks of a key: any one of these.</summary>
internal sealed record Need(params (string Module, string Permission)[] Any)
{
    /// <summary>The permission that only the whole module gives.</summary>
    public const string WholeModule = "1";

    public static Need EditBorrowers { get; } = new(("borrowers", "edit_borrowers"));

    public static Need Borrowers { get; } = new(("borrowers", WholeModule));

    public static Need DeleteBorrowers { get; } = new(("borrowers", "delete_borrowers"));

    /// <summary>Whether a refusal names them as a list of objects.</summary>
    public bool IsToldAsList { get; init; }

    public bool IsMetBy(Permissions permissions) => Array.Exists(Any, each => permissions.May(each.Module, each.Permission));

    public JsonNode ToJson()
    {
        var each = Any.Select(need => (JsonNode)new JsonObject { [need.Module] = need.Permission }).ToArray();
        return IsToldAsList ? new JsonArray(each) : each[0];
    }
}
