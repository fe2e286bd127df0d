using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Chaperone.Cli.Witness;
using Chaperone.Ledger;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Publishing;
using Chaperone.Recorder.Store;
using Chaperone.Recorder.Verification;

namespace Chaperone.Cli;

/// <summary><c>chaperone verify</c>: recomputes the whole ledger offline.</summary>
internal sealed class VerifyCommand(TextWriter output, TextWriter error)
{
    private readonly LedgerPlace _place = new();

    private readonly Option<string?> _key = new("--key")
    {
        Description = "The verifier key of the ledger's first log, as you kept it (name+hash+key), or a file that holds it; later logs have the same key under their own origins. Default: log.vkey of the log itself, which proves less.",
        HelpName = "VKEY",
    };

    private readonly Argument<string?> _what = new("PATH")
    {
        Description = "What to verify: a bundle of evidence (zip, or the folder it was unpacked to), a published log, or a recorder's data directory. Default: the store that the options name.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<FileInfo?> _checkpoint = new("--since", "--checkpoint")
    {
        Description = "A checkpoint that you kept from before; the ledger must begin with all its records.",
        HelpName = "FILE",
    };

    private readonly WitnessOption _witness = new();

    public static Command Create(TextWriter output, TextWriter error)
    {
        var verify = new VerifyCommand(output, error);
        var command = new Command(
            "verify",
            "Recomputes every record, tile and checkpoint of a ledger, a published log or a bundle of evidence, and says whether anything was changed. Works offline, needs no secret key, changes nothing. " + ExitCode.Help);
        command.Arguments.Add(verify._what);
        verify._place.AddTo(command, withLog: true, verify._what);
        command.Options.Add(verify._key);
        command.Options.Add(verify._checkpoint);
        verify._witness.AddTo(command);
        command.SetAction(verify.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            ReadOnlyMemory<byte>[] earlier = parsed.GetValue(_checkpoint) is { } kept ? [await File.ReadAllBytesAsync(kept.FullName, cancellationToken)] : [];
            if (BundleCheck.TryOpen(parsed.GetValue(_what)) is { } bundle)
            {
                return await new BundleCheck(output, error).RunAsync(bundle, await GivenKeyAsync(parsed.GetValue(_key), cancellationToken), earlier, cancellationToken);
            }

            var files = _place.OpenLog(parsed);
            await using var store = await _place.OpenStoreAsync(parsed, cancellationToken);
            var (key, fromLog) = await ReadKeyAsync(parsed.GetValue(_key), files, cancellationToken);
            var witnessed = await _witness.ReadAsync(parsed, files, key, cancellationToken);
            if (witnessed?.Problem is { } problem)
            {
                await output.WriteLineAsync($"NOT INTACT: {problem}");
                return ExitCode.Tampered;
            }

            var keys = store is null ? null : await _place.OpenKeysAsync(parsed, cancellationToken);
            var code = await VerifyAsync(store, keys, files, key, fromLog, earlier, witnessed, cancellationToken);
            await output.WriteAsync(code == ExitCode.Intact && witnessed is not null ? witnessed.Line + output.NewLine : "");
            return code;
        }
        catch (InvalidDataException e)
        {
            await output.WriteLineAsync($"NOT INTACT: {e.Message}");
            return ExitCode.Tampered;
        }
        catch (Exception e) when (e is UnreadableException or IOException or UnauthorizedAccessException or DbException or FormatException)
        {
            await error.WriteLineAsync($"Cannot verify: {e.Message}");
            return ExitCode.Unreadable;
        }
    }

    private async Task<int> VerifyAsync(
        ILedgerStore? store, KeyStore? keys, ILedgerFiles? files, NoteKey key, bool fromLog, ReadOnlyMemory<byte>[] kept, Witnessed? witnessed, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>[] earlier = witnessed is null ? kept : [.. kept, witnessed.Note];
        if (store is null)
        {
            return await VerifyLogAsync(files!, key, fromLog, earlier, kept.Length > 0, cancellationToken);
        }

        using var progress = new ProgressLine(error, "verifying the store");
        var report = await new StoreVerifier(store, files, key, TimeProvider.System, keys).VerifyAsync(earlier, progress, cancellationToken);
        progress.Dispose();
        return Say(report, key, fromLog, files is not null, kept.Length > 0);
    }

    private async Task<int> VerifyLogAsync(ILedgerFiles files, NoteKey key, bool fromLog, ReadOnlyMemory<byte>[] earlier, bool withEarlier, CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine(error, "verifying the log");
        var report = await new LogChainVerifier(files, key).VerifyAsync(earlier, progress, cancellationToken);
        progress.Dispose();
        if (!report.IsIntact)
        {
            await output.WriteLineAsync($"NOT INTACT: {report.Summary}");
            return ExitCode.Tampered;
        }

        await output.WriteLineAsync(report.Logs.Count == 1 ? "The published log is intact." : "The published logs are intact.");
        await output.WriteLineAsync($"  holds       {Count(report.Records)}, root {report.Checkpoint!.Head.Root}");
        SayLogs(report.Logs, report.Records, key);
        SayEarlier(withEarlier);
        SayKey(key, fromLog);
        return ExitCode.Intact;
    }

    private int Say(StoreReport report, NoteKey key, bool fromLog, bool withLog, bool withEarlier)
    {
        if (!report.IsIntact)
        {
            output.WriteLine($"NOT INTACT: {report.Summary}");
            return ExitCode.Tampered;
        }

        output.WriteLine("The ledger is intact.");
        output.WriteLine($"  holds       {Count(report.Head.Size)}, root {report.Head.Root}");
        SayLogs(report.Logs, report.Head.Size, key);
        output.WriteLine(report.Checkpoint is not null
            ? $"  checkpoint  signed over {Count(report.Signed)}{(report.Signed == report.Head.Size ? "" : $"; {Count(report.Head.Size - report.Signed)} not signed yet")}"
            : "  checkpoint  none was signed yet, so only the store's own hashes vouch for it");
        output.WriteLine(withLog ? "  tiles       all recomputed" : "  tiles       not looked at (no published log here; name it with --log)");
        SayEarlier(withEarlier);
        SayGaps(report);
        if (report.Shredded > 0)
        {
            output.WriteLine($"  shredded    {Count(report.Shredded)}: their keys were destroyed by orders that the ledger holds");
        }

        SayKey(key, fromLog);
        return ExitCode.Intact;
    }

    private void SayGaps(StoreReport report)
    {
        output.WriteLine(report.RecordedGaps == 0 ? "  gaps        none recorded" : $"  gaps        {report.RecordedGaps} recorded: numbers that an edge gave out and that never arrived");
        foreach (var missing in report.Missing.Take(10))
        {
            var started = DateTimeOffset.FromUnixTimeMilliseconds(missing.Epoch).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            output.WriteLine($"  missing     {missing.Edge} (started {started}): {missing.From} to {missing.To}, not recorded as a gap yet");
        }
    }

    private void SayLogs(IReadOnlyList<YearLog> logs, long records, NoteKey key)
    {
        if (LogWords.Line(logs, records, key) is { } line)
        {
            output.WriteLine(line);
        }
    }

    private void SayEarlier(bool compared)
    {
        if (compared)
        {
            output.WriteLine("  earlier     the ledger begins with every record of the checkpoint you kept");
        }
    }

    private void SayKey(NoteKey key, bool fromLog)
    {
        output.WriteLine($"  key         {key}");
        if (fromLog)
        {
            output.WriteLine("              It was read from the log itself: compare it with the one you kept, or give yours with --key.");
        }
    }

    private static async ValueTask<(NoteKey Key, bool FromLog)> ReadKeyAsync(string? given, ILedgerFiles? files, CancellationToken cancellationToken)
    {
        if (await GivenKeyAsync(given, cancellationToken) is { } key)
        {
            return (key, false);
        }

        var beside = files is null ? null : await files.ReadAsync(LedgerLog.KeyPath, cancellationToken);
        return beside is null
            ? throw new UnreadableException("There is no log.vkey here to check signatures with. Give the log's verifier key with --key.")
            : (NoteKey.Parse(Encoding.UTF8.GetString(beside).Trim()), true);
    }

    private static async ValueTask<NoteKey?> GivenKeyAsync(string? given, CancellationToken cancellationToken) =>
        given is null ? null : NoteKey.Parse(File.Exists(given) ? (await File.ReadAllTextAsync(given, cancellationToken)).Trim() : given);

    private static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture) + (number == 1 ? " record" : " records");
}
