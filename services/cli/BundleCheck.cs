using System.Globalization;
using Chaperone.Ledger;
using Chaperone.Recorder.Evidence;

namespace Chaperone.Cli;

/// <summary>The part of <c>chaperone verify</c> that verifies a bundle of evidence.</summary>
internal sealed class BundleCheck(TextWriter output, TextWriter error)
{
    /// <summary>The bundle at <paramref name="path"/>; null if there is something else, or nothing.</summary>
    /// <exception cref="InvalidDataException">A zip that cannot be read: damaged.</exception>
    public static IBundleFiles? TryOpen(string? path)
    {
        if (Directory.Exists(path) && (File.Exists(Path.Combine(path, EvidencePaths.Manifest)) || File.Exists(Path.Combine(path, EvidencePaths.Note))))
        {
            return new FolderBundle(path);
        }

        return File.Exists(path) && !IsDatabase(path) ? new ZipBundle(path) : null;
    }

    public async ValueTask<int> RunAsync(IBundleFiles files, NoteKey? given, ReadOnlyMemory<byte>[] earlier, CancellationToken cancellationToken)
    {
        using (files)
        {
            var verifier = new BundleVerifier(files, given);
            using var progress = new ProgressLine(error, "verifying the bundle");
            var report = await verifier.VerifyAsync(earlier.Length > 0 ? earlier[0].ToArray() : null, progress, cancellationToken);
            progress.Dispose();
            if (!report.IsIntact)
            {
                var more = report.Findings.Count > 1 ? $" (and {report.Findings.Count - 1} more: {string.Join(", ", report.Findings.Skip(1).Take(5).Select(f => f.Place))})" : "";
                await output.WriteLineAsync($"NOT INTACT: {report.Findings[0]}{more}");
                return ExitCode.Tampered;
            }

            await output.WriteLineAsync("The bundle is intact.");
            await output.WriteLineAsync($"  holds       {Count(report.Records)}, each proved to be in the tree");
            await output.WriteLineAsync($"  checkpoint  signed over {Count(report.Head!.Value.Size)}, root {report.Head.Value.Root}");
            if (report.OlderSize is { } older)
            {
                await output.WriteLineAsync($"  earlier     the tree begins with the {Count(older)} of the older checkpoint");
            }

            await output.WriteLineAsync($"  key         {verifier.Key}");
            if (given is null)
            {
                await output.WriteLineAsync("              It was read from the bundle itself: compare it with the one you kept, or give yours with --key.");
            }

            return ExitCode.Intact;
        }
    }

    private static bool IsDatabase(string path)
    {
        Span<byte> start = stackalloc byte[6];
        using var file = File.OpenRead(path);
        return Path.GetFileName(path) == "ledger.db" || (file.Read(start) == start.Length && start.SequenceEqual("SQLite"u8));
    }

    private static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture) + (number == 1 ? " record" : " records");
}
