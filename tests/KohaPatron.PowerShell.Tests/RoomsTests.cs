using System.Management.Automation;
using KohaPatron.Core.Tests;

namespace KohaPatron.PowerShell.Tests;

/// <summary>The rooms of the module: where things come from, what goes through the pipeline, what Tab offers, what cmdlets have in common, the cmdlets, and what loads them.</summary>
public sealed class RoomsTests : ModuleTest
{
    private const string House = "KohaPatron.PowerShell.";

    private static readonly string[] Rooms = ["Sources", "Pipeline", "Completion", "Binding", "Cmdlets", "Loading"];

    [Fact]
    public void A_room_uses_only_the_rooms_before_it()
    {
        var module = ((CmdletInfo)Run("Get-Command Get-WorkdayPatron").Output[0].BaseObject).ImplementingType.Assembly;
        var arrows = from type in module.GetTypes()
                     where RoomOf(type) is not null
                     from used in TypesUsed.By(type)
                     where RoomOf(used) is not null
                     select (type, used);
        Assert.Contains(arrows, arrow => RoomOf(arrow.type) == "Cmdlets" && RoomOf(arrow.used) == "Binding");
        Assert.Empty(arrows.Where(arrow => Place(arrow.used) > Place(arrow.type)).Select(arrow => $"{arrow.type.Name} uses {arrow.used.Name}").Distinct());
    }

    private static int Place(Type type)
    {
        var place = Array.IndexOf(Rooms, RoomOf(type));
        return place >= 0 ? place : throw new InvalidOperationException($"{RoomOf(type)} is no room of the module.");
    }

    private static string? RoomOf(Type type) => type.Namespace?.StartsWith(House, StringComparison.Ordinal) == true ? type.Namespace[House.Length..] : null;
}
