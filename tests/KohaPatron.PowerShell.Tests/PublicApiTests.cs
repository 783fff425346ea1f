using System.Management.Automation;
using System.Reflection;
using System.Text;

namespace KohaPatron.PowerShell.Tests;

/// <summary>
/// What scripts of others hold on to: the cmdlets with their parameters, and the public types with their members. A change
/// shows in the diff of an approved file, where somebody decides whether it may be.
/// </summary>
public sealed class PublicApiTests : ModuleTest
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_cmdlets_and_their_parameters_are_the_approved_ones()
    {
        var page = new StringBuilder();
        foreach (var cmdlet in Run("foreach ($name in (Get-Module KohaPatron).ExportedCommands.Keys) { Get-Command $name }").WithoutErrors().Output.Select(item => (CmdletInfo)item.BaseObject).OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal))
        {
            page.Append(cmdlet.Name).Append('\n');
            foreach (var parameter in cmdlet.Parameters.Values.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name)).OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
                page.Append($"  -{string.Join(" -", parameter.Aliases.Order(StringComparer.Ordinal).Prepend(parameter.Name))} <{NameOf(parameter.ParameterType)}>\n");
            page.Append($"  gives {string.Join(", ", cmdlet.OutputType.Select(type => type.Type?.Name ?? type.Name))}\n");
        }

        Assert.NotEqual(0, page.Length);
        Golden.Check("public-cmdlets.txt", Encoding.UTF8.GetBytes(page.ToString()));
    }

    [Fact]
    public void The_public_types_and_their_members_are_the_approved_ones()
    {
        var page = new StringBuilder();
        foreach (var type in Core().GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            page.Append($"{type.FullName}{(type.IsEnum ? " (enum)" : "")}\n");
            foreach (var member in type.IsEnum ? [.. Enum.GetNames(type)] : Members(type).Order(StringComparer.Ordinal).ToList())
                page.Append($"  {member}\n");
        }

        Golden.Check("public-types.txt", Encoding.UTF8.GetBytes(page.ToString()));
    }

    private Assembly Core() => ((CmdletInfo)Run("Get-Command Get-WorkdayPatron").Output[0].BaseObject).OutputType[0].Type.Assembly;

    /// <summary>What the compiler adds to every record is left out.</summary>
    private static IEnumerable<string> Members(Type type)
    {
        foreach (var property in type.GetProperties(Own).Where(property => property.GetMethod?.IsPublic == true && property.GetIndexParameters().Length == 0))
            yield return $"{property.Name}: {NameOf(property.PropertyType)}{(property.SetMethod?.IsPublic == true && !IsInit(property.SetMethod) ? " (can be set)" : "")}";
        foreach (var constructor in type.GetConstructors(Own))
            yield return $"new({string.Join(", ", constructor.GetParameters().Select(parameter => $"{NameOf(parameter.ParameterType)} {parameter.Name}"))})";
        foreach (var method in type.GetMethods(Own).Where(method => !method.IsSpecialName && !method.Name.StartsWith('<') && method.Name is not ("Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "PrintMembers")))
            yield return $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => NameOf(parameter.ParameterType)))}): {NameOf(method.ReturnType)}";
    }

    private static bool IsInit(MethodInfo set) => set.ReturnParameter.GetRequiredCustomModifiers().Length > 0;

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;
}
