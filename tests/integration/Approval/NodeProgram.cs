using System.Diagnostics;
using System.Text.Json;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Approval;

/// <summary>A Node.js program of <c>tests/npm</c> that says facts, one JSON object a line, and ends when its input does.</summary>
internal sealed class NodeProgram : IAsyncDisposable
{
    private readonly Process _process;

    private NodeProgram(Process process) => _process = process;

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

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TestLimits.Signal);
        await _process.WaitForExitAsync(limit.Token);
        _process.Dispose();
    }
}
