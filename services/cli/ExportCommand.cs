using System.CommandLine;
using System.Data.Common;
using System.Security.Cryptography;
using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Evidence;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Publishing;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Cli;

/// <summary><c>chaperone export</c>: a bundle of evidence for a period, or one session as JSON lines with masked parts only.</summary>
internal sealed class ExportCommand
{
    private const int Page = 500;

    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly LedgerPlace _place = new();
    private readonly RootKeyPlace _root = new();
    private readonly LedgerEntry _entry;
    private readonly EvidenceExport _evidence;

    private readonly Option<Guid?> _session = new("--session")
    {
        Description = "The session's id, as the console shows it. Alone: its masked messages as JSON lines. With --from: only this session.",
        HelpName = "ID",
    };

    private readonly Option<string> _keys = new("--keys")
    {
        Description = "Directory that holds record.key, and for a bundle ledger.key, which signs it.",
        HelpName = "DIRECTORY",
        DefaultValueFactory = _ => "data/keys",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "File to write; it must not exist. Default: standard output for a session, evidence.zip for a bundle.",
        HelpName = "FILE",
    };

    private ExportCommand(TextWriter output, TextWriter error)
    {
        (_output, _error) = (output, error);
        _entry = new LedgerEntry(_place, TimeProvider.System);
        _evidence = new EvidenceExport(error, _entry, _root);
    }

    public static Command Create(TextWriter output, TextWriter error)
    {
        var export = new ExportCommand(output, error);
        var command = new Command(
            "export",
            "With --from and --to: makes a signed bundle of evidence (zip) that can be verified without Chaperone; the same filter and tree size give the same bytes. "
            + "With --session alone: writes one session as JSON lines (application/vnd.chaperone.session+jsonl;v=1): a header, its records in ledger order with masked content only, "
            + "and an end line whose sha256_chain is the SHA-256 over the previous chain value and each line before it. " + ExitCode.Help);
        command.Options.Add(export._session);
        export._evidence.AddTo(command);
        export._place.AddTo(command, withLog: false);
        export._entry.AddTo(command);
        command.Options.Add(export._keys);
        export._root.AddTo(command);
        command.Options.Add(export._out);
        command.Validators.Add(result =>
        {
            if (result.GetResult(export._session) is null && result.GetResult("--from") is null && result.GetResult("--to") is null)
            {
                result.AddError("Give --from and --to for a bundle of evidence, or --session for one session.");
            }
        });
        command.SetAction(export.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            await using var store = (await _place.OpenStoreAsync(parsed, cancellationToken))!;
            var wrapped = await _place.OpenKeysAsync(parsed, cancellationToken);
            var origin = await ReadOriginAsync(parsed, store, cancellationToken);
            if (_evidence.IsAsked(parsed))
            {
                await _evidence.RunAsync(parsed, store, wrapped, origin, parsed.GetValue(_keys)!, parsed.GetValue(_session), parsed.GetValue(_out) ?? "evidence.zip", cancellationToken);
                return ExitCode.Intact;
            }

            using var root = _root.Open(parsed, parsed.GetValue(_keys)!, TimeProvider.System);
            var export = new SessionExport(new Keyring(root.Keys, wrapped, TimeProvider.System), origin, await store.ReadLogsAsync(cancellationToken));
            var records = await ReadAsync(store, parsed.GetValue(_session)!.Value, cancellationToken);
            var lines = export.Write(records);
            if (parsed.GetValue(_out) is { } taken && File.Exists(taken))
            {
                throw new UnreadableException($"{taken} exists already. Name a new file with --out.");
            }

            var note = new CanonicalJson().BeginObject().Member("records", records.Count).Member("session", parsed.GetValue(_session)!.Value.ToString()).Member("sha256", Convert.ToHexStringLower(SHA256.HashData(lines))).EndObject();
            var said = await _entry.WriteAsync(parsed, root.Keys, RecordKind.Export, System.Text.Encoding.UTF8.GetString(note.ToArray()), null, cancellationToken);
            if (parsed.GetValue(_out) is { } file)
            {
                await using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
                await stream.WriteAsync(lines, cancellationToken);
                await _error.WriteLineAsync($"Wrote {records.Count} {(records.Count == 1 ? "record" : "records")} to {file}. {said}");
            }
            else
            {
                await _output.WriteAsync(System.Text.Encoding.UTF8.GetString(lines));
            }

            return ExitCode.Intact;
        }
        catch (Exception e) when (e is CryptographicException or InvalidDataException && e is not UnreadableException)
        {
            await _error.WriteLineAsync($"NOT INTACT: {e.Message}");
            return ExitCode.Tampered;
        }
        catch (Exception e) when (e is UnreadableException or EvidenceException or IOException or UnauthorizedAccessException or DbException)
        {
            await _error.WriteLineAsync($"Cannot export: {e.Message}");
            return ExitCode.Unreadable;
        }
    }

    /// <summary>Origin of the ledger's first log, after which the ledger is named.</summary>
    private async ValueTask<string> ReadOriginAsync(ParseResult parsed, ILedgerStore store, CancellationToken cancellationToken)
    {
        if ((await store.ReadLogsAsync(cancellationToken))[0].Origin is { Length: > 0 } first)
        {
            return first;
        }

        var note = (await store.ReadCheckpointAsync(cancellationToken))?.Note;
        var key = _place.OpenLog(parsed) is { } files ? await files.ReadAsync(LedgerLog.KeyPath, cancellationToken) : null;
        return note?.Split('\n')[0] ?? (key is null ? "" : NoteKey.Parse(System.Text.Encoding.UTF8.GetString(key).Trim()).Name);
    }

    private static async ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(ILedgerStore store, Guid session, CancellationToken cancellationToken)
    {
        var records = new List<StoredRecord>();
        while (true)
        {
            var page = await store.ReadSessionAsync(session, records.Count == 0 ? 0 : records[^1].Leaf.Index + 1, Page, cancellationToken);
            records.AddRange(page);
            if (page.Count < Page)
            {
                return records.Count > 0 ? records : throw new UnreadableException($"The ledger holds no record of session {session}.");
            }
        }
    }
}
