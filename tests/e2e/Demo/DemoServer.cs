using Chaperone.TestKit;

namespace Chaperone.E2E.Tests.Demo;

/// <summary>The clinic or the issuer alone, with a folder that goes with it.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    private readonly string _folder;

    private DemoServer(RoomProcess room, string folder) => (Room, _folder) = (room, folder);

    public RoomProcess Room { get; }

    public static async Task<DemoServer> StartAsync(string name, string program, string[] arguments, Func<string, Dictionary<string, string>> settings, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory($"chaperone-{name}-").FullName;
        var server = new DemoServer(RoomProcess.Start(name, program, folder, settings(folder), arguments), folder);
        await server.Room.ReadyAsync(cancellationToken, "/health");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await Room.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
