using System.Diagnostics;
using Chaperone.TestKit;

namespace Chaperone.E2E.Tests.Faults;

/// <summary>The short form of <c>make faults</c>: every check of it, on a few fault points of both forms.</summary>
public sealed class FaultRunTests
{
    [Fact]
    public async Task Faults_ShortForm_BreakNoInvariant()
    {
        var start = new ProcessStartInfo("dotnet", [ShippedRooms.Program("tests/faults", "Chaperone.Faults"), "--short"])
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
