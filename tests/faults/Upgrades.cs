using Chaperone.TestKit;

namespace Chaperone.Faults;

/// <summary>Rolling upgrades: rooms of an older version are replaced one process after the other, under load, each once the one before is ready.</summary>
internal static class Upgrades
{
    private static readonly string[] Workers = ["policy", "masking", "approval", "recorder"];

    public static FaultPoint WorkersFirst() => Of("workers first", StageKind.OldRooms, [.. Workers, "console", "edge"]);

    public static FaultPoint EdgeFirst() => Of("edge first", StageKind.OldRoomsAgain, ["edge", "console", .. Workers.Reverse()]);

    private static FaultPoint Of(string order, StageKind stage, string[] rooms) => new()
    {
        Name = $"rolling upgrade, {order}",
        Stage = stage,
        CutsClients = true,
        Hold = TimeSpan.Zero,
        InjectAsync = async (s, stop) =>
        {
            foreach (var room in rooms)
            {
                foreach (var process in s.Gateway.Of(room))
                {
                    await process.KillAsync();
                    process.Restart(ShippedRooms.Room(room));
                    await process.ReadyAsync(stop);
                }
            }
        },
        MendAsync = (_, _) => Task.CompletedTask,
    };
}
