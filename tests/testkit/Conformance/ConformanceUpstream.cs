using Xunit;

namespace Chaperone.TestKit.Conformance;

/// <summary>The fixture server as a process of its own.</summary>
public sealed class ConformanceUpstream : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chaperone-upstream-").FullName;
    private ServerProcess? _process;

    /// <summary>For revisions with sessions, up to 2025-11-25.</summary>
    public Uri Stateful { get; private set; } = null!;

    /// <summary>For 2026-07-28.</summary>
    public Uri Stateless { get; private set; } = null!;

    /// <summary>The endpoint a suite belongs to.</summary>
    public Uri For(ConformanceSuite suite) => suite.IsStateless ? Stateless : Stateful;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        var root = new Uri($"http://127.0.0.1:{PrivatePorts.Take()}");
        Stateful = new Uri(root, "/mcp");
        Stateless = new Uri(root, "/stateless");
        var program = ShippedRooms.Program("tests/conformance-server", "Chaperone.ConformanceServer");
        _process = ServerProcess.Start(Path.Combine(_folder, "server.log"), new Dictionary<string, string>(), "dotnet", program, "--urls", root.ToString());
        using var http = new HttpClient { BaseAddress = root };
        await _process.UntilReadyAsync(() => AnswersAsync(http), "the conformance server", CancellationToken.None);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        await TemporaryFiles.DeleteAsync(_folder);
    }

    private static async ValueTask<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
