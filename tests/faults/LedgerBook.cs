using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Numbering;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;
using Chaperone.TestKit;
using Npgsql;

namespace Chaperone.Faults;

/// <summary>What the ledger says of each call, read from the store itself with the record key, by the call's JSON-RPC id.</summary>
internal sealed class LedgerBook : IAsyncDisposable
{
    private const int Page = 500;

    private readonly ILedgerStore _store;
    private readonly RecordOpener _opener;
    private readonly Dictionary<string, int> _intents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _answered = new(StringComparer.Ordinal);
    private readonly HashSet<(string Edge, long Epoch, long Number)> _stamps = [];
    private readonly List<string> _twice = [];
    private long _position;

    public LedgerBook(Gateway gateway)
    {
        KeyDatabase keys;
        (_store, keys) = gateway.StoreArguments switch
        {
            ["--store", var directory] => ((ILedgerStore)new SqliteLedgerStore(Path.Combine(directory, "ledger.db"), readOnly: true), (KeyDatabase)new SqliteKeyDatabase(Path.Combine(directory, "keys.db"), readOnly: true)),
            ["--postgres", var connection] => (new PostgresLedgerStore(Source(connection), readOnly: true), new PostgresKeyDatabase(Source(connection), readOnly: true)),
            _ => throw new InvalidOperationException("The gateway does not say where its ledger is."),
        };
        _opener = new RecordOpener(new Keyring(new RecordKeys(KeyFile.LoadOrCreate(Path.Combine(gateway.Directory, "keys", "record.key"))), new KeyStore(keys), TimeProvider.System));
    }

    /// <summary>Numbers that gaps in the ledger name, so far.</summary>
    public long GapNumbers { get; private set; }

    /// <summary>Gap records so far.</summary>
    public int Gaps { get; private set; }

    /// <summary>What stands in it twice, so far.</summary>
    public IReadOnlyList<string> Twice => _twice;

    public bool HasIntent(string id) => _intents.ContainsKey(id);

    public bool HasAnswer(string id) => _answered.ContainsKey(id);

    private static NpgsqlDataSource Source(string connection) => NpgsqlDataSource.Create(connection + ";Pooling=false");

    /// <summary>Reads what is new.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        while (await _store.ReadRecordsAsync(_position, Page, cancellationToken) is { Count: > 0 } records)
        {
            foreach (var record in records)
            {
                Note(record);
                _position = record.Leaf.Index + 1;
            }
        }
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private void Note(StoredRecord record)
    {
        var entry = _opener.OpenFacts(record.Header!, record.Object!);

        // A number may lead to a record and, when its writer heard too late that it was kept, to a word that it was not served.
        if (entry.Kind != RecordKind.Void && entry.Stamp is { } stamp && !_stamps.Add((stamp.Edge, stamp.Epoch, stamp.Number)))
        {
            _twice.Add($"number {stamp.Number} of {stamp.Edge} ({stamp.Epoch})");
        }

        if (entry.Kind == RecordKind.Gap && NumberingNotes.ReadGap(entry.Note) is { } gap)
        {
            GapNumbers += gap.To - gap.From + 1;
            Gaps++;
        }

        if (entry.Call is { Method: "tools/call", RequestId: { } id })
        {
            Count(entry.Kind == RecordKind.Intent ? _intents : null, id);
            if (entry is { Kind: RecordKind.Outcome, Outcome.Status: OutcomeStatus.Answered } && Count(_answered, id) > 1)
            {
                _twice.Add($"the answer to call {id}");
            }
        }
    }

    private static int Count(Dictionary<string, int>? counts, string id) =>
        counts is null ? 0 : counts[id] = counts.GetValueOrDefault(id) + 1;
}
