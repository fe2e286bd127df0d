using System.Diagnostics;
using Chaperone.TestKit;

namespace Chaperone.E2E.Tests.Faults;

/// <summary>The short form of <c>make faults</c>: every check of it, on a few fault points of both forms.</summary>
public sealed class FaultRunTests
{
    [Fact]
    public Task Faults_ShortForm_BreakNoInvariant() => RunAsync("--short");

    /// <summary>Backup under load, loss of everything, restore, proof; and a backup that is too old is refused (docs/runbooks.md).</summary>
    [Fact]
    public Task Drill_BackupAndRestore_ProvesTheLedgerAndRefusesAnOldOne() => RunAsync("--drill");

    private static async Task RunAsync(string form)
    {
        var start = new ProcessStartInfo("dotnet", [ShippedRooms.Program("tests/faults", "Chaperone.Faults"), form])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(process.ExitCode == 0, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
