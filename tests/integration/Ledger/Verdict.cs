using System.ComponentModel;
using System.Diagnostics;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Ledger;

/// <summary>How a verifier that is not ours ended, and what it said.</summary>
internal sealed record Verdict(int ExitCode, string Said)
{
    /// <summary>Runs a program to its end; it is killed when the test is cancelled or after <see cref="TestLimits.Start"/>.</summary>
    /// <exception cref="InvalidOperationException">The program is not installed; the message is <paramref name="remedy"/>.</exception>
    public static async Task<Verdict> OfAsync(
        string remedy, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(TestLimits.Start);
        using var process = Start(start, remedy);
        using var kill = end.Token.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(end.Token);
        var errors = process.StandardError.ReadToEndAsync(end.Token);
        await process.WaitForExitAsync(end.Token);
        return new Verdict(process.ExitCode, (await output + await errors).Trim());
    }

    private static Process Start(ProcessStartInfo start, string remedy)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"{start.FileName} cannot be started ({missing.Message}). {remedy}", missing);
        }
    }
}
