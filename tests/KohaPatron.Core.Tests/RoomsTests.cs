using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Tests;

/// <summary>
/// The rooms of the house and the way through them: a folder, which is a namespace, uses what stands in a row above it,
/// never what stands below or beside it. Only the rooms of the first row, which know nothing of the job, use each other.
/// </summary>
public sealed class RoomsTests
{
    private const string House = "KohaPatron.Core.";

    private static readonly string[][] Rows =
    [
        ["Text", "Files", "Http", "Notices"],
        ["Settings"],
        ["Workday", "ProxReport"],
        ["Koha"],
        ["Registration"],
        ["Mapping", "Drift", "Preflight", "PatronSync"],
        ["Storage", "Cleanup", "Report"],
    ];

    [Fact]
    public void A_room_uses_only_the_rooms_above_it()
    {
        var arrows = from type in typeof(Notice).Assembly.GetTypes()
                     where RoomOf(type) is not null
                     from used in TypesUsed.By(type)
                     where RoomOf(used) is not null && !MayUse(RoomOf(type)!, RoomOf(used)!)
                     select $"{type.Name} uses {used.Name}";
        Assert.Empty(arrows.Distinct());
    }

    [Fact]
    public void An_arrow_that_points_down_would_be_seen()
    {
        // The rules use the settings: read the other way round, that is what the test above must not let pass.
        Assert.Contains(TypesUsed.By(typeof(Registration.RowMaker)), used => RoomOf(used) == "Settings");
        Assert.False(MayUse("Settings", "Registration"));
        Assert.False(MayUse("Mapping", "Preflight"));
    }

    private static bool MayUse(string room, string other) => room == other || RowOf(room) == 0 && RowOf(other) == 0 || RowOf(other) < RowOf(room);

    private static int RowOf(string room)
    {
        var row = Array.FindIndex(Rows, rooms => rooms.Contains(room));
        return row >= 0 ? row : throw new InvalidOperationException($"{room} is no room of the house: give it a row.");
    }

    private static string? RoomOf(Type type) => type.Namespace?.StartsWith(House, StringComparison.Ordinal) == true ? type.Namespace[House.Length..].Split('.')[0] : null;
}
