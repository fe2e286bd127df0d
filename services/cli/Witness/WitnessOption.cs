using System.CommandLine;
using System.Globalization;
using Chaperone.Ledger;
using Chaperone.Recorder.Publishing;
using Chaperone.Recorder.Witnessing;

namespace Chaperone.Cli.Witness;

/// <summary><c>verify --witness</c>: that witnesses, whose keys the auditor has from elsewhere, cosigned this ledger.</summary>
internal sealed class WitnessOption
{
    private readonly Option<string[]> _keys = new("--witness")
    {
        Description = "Verifier key of a witness (name+hash+key), as you got it from its operator, or a file that holds it; may be given several times. The ledger must begin with the last checkpoint that they cosigned.",
        HelpName = "VKEY",
    };

    private readonly Option<int?> _quorum = new("--witness-quorum") { Description = "How many of these witnesses must have cosigned. Default: all.", HelpName = "COUNT" };

    public void AddTo(Command command)
    {
        command.Options.Add(_keys);
        command.Options.Add(_quorum);
    }

    /// <summary>What the witnesses say of the published log; null when no witness is named.</summary>
    /// <exception cref="UnreadableException">A key cannot be read, or there is no published log.</exception>
    public async ValueTask<Witnessed?> ReadAsync(ParseResult parsed, ILedgerFiles? files, NoteKey log, CancellationToken cancellationToken)
    {
        var keys = new List<NoteKey>();
        foreach (var given in parsed.GetValue(_keys) ?? [])
        {
            var key = await VerifierKeys.ReadAsync(given, cancellationToken);
            keys.Add(key.Type == SignatureType.CosignatureV1 ? key : throw new UnreadableException($"{key.Name} is not a witness's key (type 0x04)."));
        }

        if (keys.Count == 0)
        {
            return null;
        }

        var quorum = parsed.GetValue(_quorum) ?? keys.Count;
        if (quorum < 1 || quorum > keys.Count)
        {
            throw new UnreadableException($"--witness-quorum is {quorum}: give a number from 1 to {keys.Count}, the number of witnesses named.");
        }

        if (files is null)
        {
            throw new UnreadableException("There is no published log here to look for cosignatures in; name it with --log.");
        }

        // The newest log that was cosigned: its first leaf commits to those before it.
        foreach (var of in (await LogList.ReadAsync(files, log, cancellationToken)).Reverse())
        {
            if (await of.FilesIn(files).ReadAsync(WitnessRounds.WitnessedPath, cancellationToken) is { } note)
            {
                return Judge(note, keys, quorum, log.Named(of.OriginIn(log.Name)));
            }
        }

        return Judge(null, keys, quorum, log);
    }

    private static Witnessed Judge(byte[]? bytes, List<NoteKey> keys, int quorum, NoteKey log)
    {
        const string Place = WitnessRounds.WitnessedPath;
        if (bytes is null)
        {
            return new Witnessed($"{Place}: there is none, so no witness cosigned this ledger");
        }

        if (SignedNote.TryParse(bytes, out var note) != NoteFault.None || !Checkpoint.TryParse(note!.Text, out var checkpoint) || checkpoint!.Origin != log.Name)
        {
            return new Witnessed($"{Place}: not a checkpoint of {log.Name}");
        }

        var fault = note.Verify([log, .. keys], out var signers);
        var cosigned = keys.Where(signers.Contains).ToList();
        if (fault == NoteFault.BadSignature || !signers.Contains(log))
        {
            return new Witnessed($"{Place}: a signature on it does not fit");
        }

        return cosigned.Count < quorum
            ? new Witnessed($"{Place}: cosigned by {cosigned.Count} of the witnesses named, and {quorum} are needed; not by {string.Join(", ", keys.Except(cosigned).Select(k => k.Name))}")
            : new Witnessed(null) { Note = bytes, Line = Line(checkpoint.Head.Size, note, cosigned) };
    }

    private static string Line(long size, SignedNote note, List<NoteKey> cosigned)
    {
        var times = cosigned.Select(key => note.Signatures.First(key.IsKeyOf)).Select(Cosignature.TimeOf).Max();
        return string.Create(CultureInfo.InvariantCulture, $"  witnessed   {size:#,0} records cosigned by {string.Join(", ", cosigned.Select(k => k.Name))}, last {times:yyyy-MM-dd HH:mm:ss'Z'}");
    }
}
