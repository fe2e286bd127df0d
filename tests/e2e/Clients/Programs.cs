using System.Diagnostics;
using Chaperone.TestKit;

namespace Chaperone.E2E.Tests.Clients;

/// <summary>Runs client programs that are not ours, in a home folder of their own.</summary>
internal static class Programs
{
    /// <summary>Runs to the end; fails after <see cref="TestLimits.Signal"/>.</summary>
    public static Task<(int Code, string Output, string Errors)> RunAsync(CancellationToken cancellationToken, params string[] command) =>
        RunAsync(TestLimits.Signal, cancellationToken, command);

    /// <summary>Runs to the end; fails after <paramref name="limit"/>.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(TimeSpan limit, CancellationToken cancellationToken, params string[] command)
    {
        var home = Directory.CreateTempSubdirectory("chaperone-client-");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(limit);
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["HOME"] = home.FullName;
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(end.Token);
            var errors = process.StandardError.ReadToEndAsync(end.Token);
            await process.WaitForExitAsync(end.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            home.Delete(recursive: true);
        }
    }
}
