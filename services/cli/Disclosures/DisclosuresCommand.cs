using System.CommandLine;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Console.Disclosures;
using Chaperone.Contracts;
using Chaperone.Masking.Patients;
using Chaperone.Recorder.Disclosures;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Cli.Disclosures;

/// <summary><c>chaperone disclosures</c>: what was handed out about one patient (45 CFR 164.528), read from the ledger itself and not from the search.</summary>
internal sealed class DisclosuresCommand
{
    private const int ShortestReason = 10;
    private const int LongestReason = 500;
    private const int Years = 6;

    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly Func<Stream> _input;
    private readonly TimeProvider _time;
    private readonly LedgerPlace _place = new();
    private readonly RootKeyPlace _root = new();
    private readonly LedgerEntry _entry;

    private readonly Option<PatientIdentifierKind> _kind = new("--kind")
    {
        Description = "What the identifier is: number (MRN, SSN, member or account number, id), phone or email.",
        HelpName = "KIND",
    };

    private readonly Option<string> _file = new("--identifier-file")
    {
        Description = "File whose first line is the identifier; - for standard input. Never an argument: command lines end in histories and process lists.",
        HelpName = "FILE",
        DefaultValueFactory = _ => TextInput.FromStandardInput,
    };

    private readonly Option<string> _reason = new("--reason")
    {
        Description = "Why, 10 to 500 characters, without the patient's name; it is recorded, sealed.",
        HelpName = "WORDS",
        Required = true,
    };

    private readonly Option<string?> _from = new("--from") { Description = "First day, UTC: 2026-11-01. Default: six years back.", HelpName = "DAY" };
    private readonly Option<string?> _to = new("--to") { Description = "Last day, UTC. Default: today.", HelpName = "DAY" };

    private readonly Option<string> _keys = new("--keys")
    {
        Description = "Directory that holds record.key and masking.key.",
        HelpName = "DIRECTORY",
        DefaultValueFactory = _ => "data/keys",
    };

    private readonly Option<DisclosureFormat> _format = new("--format") { Description = "csv, html, or fhir: R4 AuditEvents, one a line, of the profile IHE.BasicAudit.PrivacyDisclosure.Source.", HelpName = "FORMAT" };

    private readonly Option<string?> _gateway = new("--gateway")
    {
        Description = "With --format fhir: the gateway's address as clients reach it (Edge:PublicUrl), the source of each disclosure.",
        HelpName = "URL",
    };

    private readonly Option<string?> _out = new("--out") { Description = "File to write; it must not exist. Default: standard output.", HelpName = "FILE" };

    private DisclosuresCommand(TextWriter output, TextWriter error, Func<Stream> input, TimeProvider time)
    {
        (_output, _error, _input, _time) = (output, error, input, time);
        _entry = new LedgerEntry(_place, time);
    }

    public static Command Create(TextWriter output, TextWriter error, Func<Stream> input, TimeProvider time)
    {
        var disclosures = new DisclosuresCommand(output, error, input, time);
        var command = new Command(
            "disclosures",
            "Accounts for what was handed out about one patient: date, recipient, what, purpose, for each call whose request or answer held the identifier. "
            + "Reads every outcome of the period from the ledger. That it was asked, and why, is recorded first. " + ExitCode.Help);
        Option[] options = [disclosures._kind, disclosures._file, disclosures._reason, disclosures._from, disclosures._to, disclosures._keys, disclosures._format, disclosures._gateway, disclosures._out];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        disclosures._root.AddTo(command);
        disclosures._place.AddTo(command, withLog: false);
        disclosures._entry.AddTo(command);
        command.SetAction(disclosures.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var reason = parsed.GetValue(_reason)!.Trim();
            if (reason.Length is < ShortestReason or > LongestReason)
            {
                throw new UnreadableException($"--reason has {reason.Length} characters: give {ShortestReason} to {LongestReason}.");
            }

            var gateway = ReadGateway(parsed);
            var (from, to) = ReadPeriod(parsed);
            var patients = new PatientKeys(OpenKey(parsed, "masking.key").Keys);
            var marks = patients.Of(new PatientIdentifier { Kind = parsed.GetValue(_kind), Value = await ReadIdentifierAsync(parsed, cancellationToken) })
                ?? throw new UnreadableException("The identifier has no letter and no digit other than 0, or is longer than 256 characters.");
            using var root = _root.Open(parsed, parsed.GetValue(_keys)!, _time);
            var found = await FindAsync(parsed, root.Keys, marks, patients.Ids, from, to, cancellationToken);
            var record = DisclosureRecord.Of(Guid.Empty, new Principal { Issuer = "", Subject = "", Groups = [], ClientId = "" }, from, to, found, _time.GetUtcNow(), "command", []);
            var said = await _entry.WriteAsync(parsed, root.Keys, RecordKind.Reveal, record.Note!, reason, cancellationToken);
            var text = gateway is null ? DisclosureFile.Write(found, from, to, parsed.GetValue(_format)) : DisclosureEvents.Write(found, gateway, patients.Ids[0], marks[0]);
            await WriteAsync(parsed, text, cancellationToken);
            await SayAsync(found, said);

            // A program that takes events reads no warnings.
            return gateway is not null && (found.More || found.LostKeys.Length > 0) ? ExitCode.Tampered : ExitCode.Intact;
        }
        catch (Exception e) when (e is CryptographicException or InvalidDataException && e is not UnreadableException)
        {
            await _error.WriteLineAsync($"NOT INTACT: {e.Message}");
            return ExitCode.Tampered;
        }
        catch (Exception e) when (e is UnreadableException or IOException or UnauthorizedAccessException or DbException)
        {
            await _error.WriteLineAsync($"Cannot account: {e.Message}");
            return ExitCode.Unreadable;
        }
    }

    private async ValueTask<DisclosuresFound> FindAsync(
        ParseResult parsed, IRootKeys roots, byte[][] marks, IReadOnlyList<string> keys, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var store = await _place.OpenStoreAsync(parsed, cancellationToken) ?? throw new UnreadableException("Name the store: a published log alone holds no records.");
        var scan = new DisclosureScan(store, new RecordOpener(new Keyring(roots, await _place.OpenKeysAsync(parsed, cancellationToken), _time)));
        using var progress = new ProgressLine(_error, "reading the ledger");
        return await scan.FindAsync([.. marks], keys, from, to, progress, cancellationToken);
    }

    private async ValueTask<string> ReadIdentifierAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var stream = TextInput.Open(parsed.GetValue(_file)!, _input);
        var text = await TextInput.ReadAsync(stream, "Give one line.", cancellationToken);
        var line = text.Split('\n')[0].Trim();
        return line.Length > 0 ? line : throw new UnreadableException("The first line of the identifier's file is empty.");
    }

    private async ValueTask WriteAsync(ParseResult parsed, string text, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_out) is not { } file)
        {
            await _output.WriteAsync(text);
            return;
        }

        await using var stream = new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
    }

    private async ValueTask SayAsync(DisclosuresFound found, string recorded)
    {
        await _error.WriteLineAsync($"Calls listed: {found.Items.Length}. Calls that gave nothing: {found.NothingGiven}. Looked through {found.TreeSize} records. {recorded}");
        foreach (var warning in DisclosureFile.Warnings(found))
        {
            await _error.WriteLineAsync(warning);
        }
    }

    private Uri? ReadGateway(ParseResult parsed)
    {
        var isFhir = parsed.GetValue(_format) == DisclosureFormat.Fhir;
        return parsed.GetValue(_gateway) switch
        {
            null when !isFhir => null,
            { } url when isFhir && DisclosureEvents.ReadGateway(url) is { } gateway => gateway,
            _ when isFhir => throw new UnreadableException("--format fhir needs --gateway with the gateway's http or https address as clients reach it."),
            _ => throw new UnreadableException("--gateway goes with --format fhir only."),
        };
    }

    private (DateTimeOffset From, DateTimeOffset To) ReadPeriod(ParseResult parsed)
    {
        var today = new DateTimeOffset(_time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        var from = parsed.GetValue(_from) is { } first ? EvidenceExport.ReadTime(first, "--from", isEnd: false) : today.AddYears(-Years);
        var to = parsed.GetValue(_to) is { } last ? EvidenceExport.ReadTime(last, "--to", isEnd: true) : today.AddDays(1);
        return from < to ? (from, to) : throw new UnreadableException("--from must be before --to.");
    }

    private KeyFile OpenKey(ParseResult parsed, string name)
    {
        var file = Path.Combine(parsed.GetValue(_keys)!, name);
        return File.Exists(file) ? KeyFile.LoadOrCreate(file) : throw new UnreadableException($"There is no {file}. Name the directory of the keys with --keys.");
    }
}
