using System.CommandLine;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;

namespace Chaperone.Cli;

/// <summary>Writes into the ledger what the command hands out, before it hands it out; who it was is the account of the machine.</summary>
internal sealed class LedgerEntry(LedgerPlace place, TimeProvider time)
{
    private readonly Option<bool> _not = new("--not-recorded")
    {
        Description = "Do not record in the ledger that this was handed out: for copies of a store that are not to change. Without it, what cannot be recorded is not handed out.",
    };

    public void AddTo(Command command) => command.Options.Add(_not);

    /// <summary>Commits the record; returns what there is to say about it.</summary>
    /// <exception cref="UnreadableException">It cannot be recorded.</exception>
    public async ValueTask<string> WriteAsync(ParseResult parsed, IRootKeys roots, RecordKind kind, string note, string? reason, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_not))
        {
            return "That it was handed out is not recorded in the ledger, as --not-recorded asks.";
        }

        try
        {
            await using var store = await place.OpenStoreToWriteAsync(parsed, cancellationToken);
            await store.OpenAsync(cancellationToken);
            var entry = ToEntry(kind, note, reason);
            var keyring = new Keyring(roots, new KeyStore(await place.OpenKeysToWriteAsync(parsed, cancellationToken)), time);
            await keyring.PrepareAsync([entry], cancellationToken);
            var index = await LoneAppend.AddAsync(store, new RecordSealer(new OwnSeal(), keyring).Seal(entry), cancellationToken);
            return $"Recorded in the ledger as leaf {index}.";
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException or CryptographicException or InvalidDataException or HeadMovedException)
        {
            throw new UnreadableException($"It cannot be recorded in the ledger, so nothing is handed out ({e.Message}). Run it where the store can be written, or give --not-recorded for a copy.");
        }
    }

    private RecordEntry ToEntry(RecordKind kind, string note, string? reason)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        return new RecordEntry
        {
            EventId = id,
            Kind = kind,
            OccurredAt = time.GetUtcNow(),
            Source = "command",
            Actor = new Principal { Issuer = $"os:{Environment.MachineName}", Subject = Environment.UserName, Groups = [], ClientId = "chaperone" },
            Note = note,
            Parts = reason is null ? [] : [new RecordPart { Name = "reason", MediaType = "text/plain", Searchable = false, Content = new OwnSeal().Seal(Encoding.UTF8.GetBytes(reason), id) }],
        };
    }

    /// <summary>The payload goes from here to the sealer in the same process: there is no bus to seal it for.</summary>
    private sealed class OwnSeal : IPayloadSeal
    {
        public SealedPayload Seal(ReadOnlySpan<byte> plaintext, Guid context) => new() { KeyId = "none", Nonce = [], Ciphertext = plaintext.ToArray() };

        public byte[] Open(SealedPayload payload, Guid context) => payload.Ciphertext;
    }
}
