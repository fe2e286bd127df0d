using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Bus;

/// <summary>An empty virtual host with what a room must be told to use it; the key and password files go with it.</summary>
internal sealed class BusVhost : IDisposable
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("chaperone-bus-");

    private BusVhost(RabbitMqBroker broker, Uri uri)
    {
        Broker = broker;
        Uri = uri;
        var password = Path.Combine(_files.FullName, "password");
        File.WriteAllText(password, broker.Password + "\n");
        Settings = new Dictionary<string, string?>
        {
            ["Bus:Transport"] = "RabbitMq",
            ["Bus:Uri"] = uri.OriginalString,
            ["Bus:User"] = broker.User,
            ["Bus:PasswordFile"] = password,
            ["Bus:KeyFile"] = Path.Combine(_files.FullName, "bus.key"),
        };
    }

    public RabbitMqBroker Broker { get; }

    public Uri Uri { get; }

    public IReadOnlyDictionary<string, string?> Settings { get; }

    public static async Task<BusVhost> CreateAsync(SharedRabbitMq shared)
    {
        var broker = await shared.GetAsync();
        return new BusVhost(broker, await broker.CreateVhostAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => _files.Delete(recursive: true);
}
