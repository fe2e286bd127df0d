using Chaperone.Cli.Witness;
using Chaperone.Ledger;
using Microsoft.AspNetCore.Builder;

namespace Chaperone.Cli.Tests.Witness;

/// <summary>A witness as <c>chaperone witness</c> runs it, on a loopback port and a folder of its own.</summary>
internal sealed class WitnessProcess : IAsyncDisposable
{
    private readonly WitnessHome _home;
    private readonly WebApplication _app;

    private WitnessProcess(WitnessSettings settings, WitnessHome home, WebApplication app)
    {
        Settings = settings;
        _home = home;
        _app = app;
    }

    public WitnessSettings Settings { get; }

    public string Url => _app.Urls.Single();

    public NoteKey Key => _home.Signer.WitnessKey;

    public static WitnessSettings SettingsFor(string folder, params NoteKey[] logs) =>
        new("witness.example/w1", folder, Path.Combine(folder, "witness.key"), new Uri("http://127.0.0.1:0"), logs, [], null, null, WithSuccessors: false);

    public static async Task<WitnessProcess> StartAsync(WitnessSettings settings)
    {
        var home = await WitnessHome.OpenAsync(settings, TimeProvider.System, TestContext.Current.CancellationToken);
        var app = WitnessServer.Build(settings, home);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new WitnessProcess(settings, home, app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _home.Dispose();
    }
}
