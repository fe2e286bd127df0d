using System.Diagnostics;
using System.Text.Json;

namespace Chaperone.TestKit;

/// <summary>A Node.js program of <c>tests/npm</c> that says facts, one JSON object a line, and ends when its input does.</summary>
public sealed class NodeProgram : IAsyncDisposable
{
    private readonly Process _process;

    private NodeProgram(Process process) => _process = process;

    /// <summary>Starts <paramref name="script"/> of <c>tests/npm</c>.</summary>
    public static NodeProgram Start(string script, params string[] words)
    {
        var start = new ProcessStartInfo(NpmPackages.Node, [Path.Combine(NpmPackages.Folder, script), .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new NodeProgram(Process.Start(start)!);
    }

    /// <summary>The next fact.</summary>
    public async Task<JsonElement> NextAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TestLimits.Signal);
        var line = await _process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException("The program ended without a word.");
        using var fact = JsonDocument.Parse(line);
        return fact.RootElement.Clone();
    }

    /// <summary>Tells it a line.</summary>
    public Task SayAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TestLimits.Signal);
        await _process.WaitForExitAsync(limit.Token);
        _process.Dispose();
    }
}
