using System.Security.Cryptography;
using Chaperone.Contracts;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Cli.Policies;

/// <summary>Reads the calls that a recorder's store holds, with their messages as they were. Nothing of them is written anywhere.</summary>
internal static class RecordedStore
{
    private const int Page = 500;

    /// <summary>Every call with an intent, in ledger order.</summary>
    /// <exception cref="UnreadableException">There is no ledger.</exception>
    public static async Task<IReadOnlyList<RecordedCall>> ReadAsync(string directory, IRootKeys roots, CancellationToken cancellationToken)
    {
        var ledger = Path.Combine(directory, "ledger.db");
        if (!File.Exists(ledger))
        {
            throw new UnreadableException($"There is no {ledger}.");
        }

        await using var store = new SqliteLedgerStore(ledger, readOnly: true);
        var opener = new RecordOpener(new Keyring(roots, LedgerPlace.KeysBeside(ledger), TimeProvider.System));
        var calls = new Dictionary<Guid, RecordedCall>();
        for (var from = 0L; ;)
        {
            var page = await store.ReadRecordsAsync(from, Page, cancellationToken);
            foreach (var record in page.Where(r => r is { Leaf.Kind: (int)RecordKind.Intent, Header: not null, Object: not null }))
            {
                Take(calls, opener, record);
            }

            if (page.Count < Page)
            {
                return [.. calls.Values];
            }

            from = page[^1].Leaf.Index + 1;
        }
    }

    private static void Take(Dictionary<Guid, RecordedCall> calls, RecordOpener opener, StoredRecord record)
    {
        try
        {
            if (opener.Open(record.Header!, record.Object!).Entry is { Call: { } call } entry && !calls.ContainsKey(call.CallId))
            {
                calls[call.CallId] = new RecordedCall(call, opener.OpenPart("request_raw", record.Header!, record.Object!) ?? [], IsMasked: false, entry.Decision?.BreakGlass);
            }
        }
        catch (ShreddedException)
        {
            // What is gone on purpose cannot be tried again.
        }
        catch (CryptographicException e)
        {
            throw new UnreadableException($"Record {record.Leaf.Index} does not open with these keys. {e.Message}");
        }
    }
}
