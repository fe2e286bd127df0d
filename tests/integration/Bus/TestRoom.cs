using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chaperone.Integration.Tests.Bus;

/// <summary>What a room's process is to the bus: a container with registrations, joined to a broker.</summary>
internal sealed class TestRoom : IAsyncDisposable
{
    private readonly IHost _host;

    private TestRoom(IHost host) => _host = host;

    public LogLines Log => Get<LogLines>();

    public IBusHealth Health => Get<IBusHealth>();

    public IJournal Journal => Get<IJournal>();

    public IPayloadSeal Seal => Get<IPayloadSeal>();

    /// <summary>Starts a room and waits until its connections are up.</summary>
    public static async Task<TestRoom> StartAsync(BusVhost vhost, Action<IServiceCollection> add, params (string Key, string Value)[] settings)
    {
        var room = new TestRoom(Build(vhost, add, settings));
        await room._host.StartAsync(TestContext.Current.CancellationToken);
        await room.UntilReadyAsync();
        return room;
    }

    public async Task UntilReadyAsync()
    {
        try
        {
            await TestLimits.UntilAsync(() => ValueTask.FromResult(Health.Problem is null), "the bus to be ready", TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{Health.Problem}\n{Log.Text}");
        }
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    private static IHost Build(BusVhost vhost, Action<IServiceCollection> add, (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(vhost.Settings.Concat(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))));
        builder.Services.AddSingleton<LogLines>();
        builder.Services.AddSingleton<ILoggerProvider>(p => p.GetRequiredService<LogLines>());
        add(builder.Services);
        builder.Services.AddChaperoneBus(builder.Configuration);
        return builder.Build();
    }
}
