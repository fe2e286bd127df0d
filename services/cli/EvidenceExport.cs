using System.CommandLine;
using System.Globalization;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Evidence;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Cli;

/// <summary>The half of <c>chaperone export</c> that makes a bundle of evidence for a period.</summary>
internal sealed class EvidenceExport(TextWriter error, LedgerEntry entry, RootKeyPlace place)
{
    private readonly Option<string?> _from = new("--from")
    {
        Description = "First day or moment of the period, UTC: 2026-11-01 or 2026-11-01T06:00:00Z. With it a bundle of evidence (zip) is made.",
        HelpName = "TIME",
    };

    private readonly Option<string?> _to = new("--to")
    {
        Description = "Last day of the period (included), or first moment after it. Needed with --from.",
        HelpName = "TIME",
    };

    private readonly Option<string?> _user = new("--user") { Description = "Only calls of this person: subject or e-mail address.", HelpName = "USER" };
    private readonly Option<string?> _server = new("--server") { Description = "Only calls to this server.", HelpName = "SERVER" };
    private readonly Option<string?> _tool = new("--tool") { Description = "Only calls of this tool or prompt.", HelpName = "TOOL" };
    private readonly Option<CallEffect?> _decision = new("--decision") { Description = "Only calls decided so: allow, deny or hold.", HelpName = "DECISION" };

    private readonly Option<FileInfo?> _since = new("--since")
    {
        Description = "A checkpoint kept from before: the bundle proves that the ledger only grew since.",
        HelpName = "FILE",
    };

    private readonly Option<long?> _size = new("--tree-size")
    {
        Description = "Prove against the first N records, to make an earlier bundle again byte for byte. Default: all that is signed.",
        HelpName = "N",
    };

    private readonly Option<bool> _masked = new("--masked-text")
    {
        Description = "Put the masked text of messages into the bundle. Masking can miss an identifier: such a bundle is not PHI-free.",
    };

    public void AddTo(Command command)
    {
        Option[] options = [_from, _to, _user, _server, _tool, _decision, _since, _size, _masked];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>True when the command line asks for a bundle.</summary>
    public bool IsAsked(ParseResult parsed) => parsed.GetValue(_from) is not null || parsed.GetValue(_to) is not null;

    /// <summary>Makes the bundle in <paramref name="file"/>, which must not exist.</summary>
    public async ValueTask RunAsync(
        ParseResult parsed, ILedgerStore store, KeyStore? wrapped, string origin, string keys, Guid? session, string file, CancellationToken cancellationToken)
    {
        var filter = new EvidenceFilter
        {
            From = ReadTime(parsed.GetValue(_from), "--from", isEnd: false),
            To = ReadTime(parsed.GetValue(_to), "--to", isEnd: true),
            User = parsed.GetValue(_user),
            Server = parsed.GetValue(_server),
            Tool = parsed.GetValue(_tool),
            SessionId = session,
            Decision = parsed.GetValue(_decision),
            WithMaskedText = parsed.GetValue(_masked),
            TreeSize = parsed.GetValue(_size),
            OlderCheckpoint = parsed.GetValue(_since) is { } since ? await File.ReadAllTextAsync(since.FullName, cancellationToken) : null,
        };
        using var signer = new NoteSigner(origin, OpenKey(keys, "ledger.key").Current.Key);
        using var root = place.Open(parsed, keys, TimeProvider.System);
        var maker = new EvidenceMaker(store, new RecordOpener(new Keyring(root.Keys, wrapped, TimeProvider.System)), signer);
        await using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.ReadWrite);
        EvidenceResult result;
        string recorded;
        try
        {
            using var progress = new ProgressLine(error, "reading the ledger");
            result = await maker.MakeAsync(filter, stream, progress, cancellationToken);
            recorded = await entry.WriteAsync(parsed, root.Keys, RecordKind.Export, EvidenceRecordNote.Of(filter, result), null, cancellationToken);
        }

        // Whatever it was, half a bundle must not be taken for one.
        catch
        {
            stream.Close();
            File.Delete(file);
            throw;
        }

        await error.WriteLineAsync($"Wrote {file}: {result.Records} records, tree of {result.TreeSize}, SHA-256 {result.Sha256}.");
        if (result.Missing > 0)
        {
            await error.WriteLineAsync($"{result.Missing} numbers of edges have no record; completeness.json names them.");
        }

        await error.WriteLineAsync(recorded);
    }

    private static KeyFile OpenKey(string directory, string name)
    {
        var file = Path.Combine(directory, name);
        return File.Exists(file) ? KeyFile.LoadOrCreate(file) : throw new UnreadableException($"There is no {file}. Name the directory of the keys with --keys.");
    }

    /// <summary>A day or a moment in UTC.</summary>
    /// <exception cref="UnreadableException">It is neither.</exception>
    public static DateTimeOffset ReadTime(string? text, string option, bool isEnd)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, Utc, out var day))
        {
            return isEnd ? day.AddDays(1) : day;
        }

        return DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, Utc, out var moment)
            ? moment
            : throw new UnreadableException($"{option} must be a day or a moment in UTC, like 2026-11-01 or 2026-11-01T06:00:00Z; with --from, --to is needed.");
    }
}
