using System.Text.Json;
using System.Text.RegularExpressions;
using Chaperone.Contracts;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Retention;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Verification;

/// <summary>
/// Holds the store of keys against the ledger, without any root key: each record's keys are there, or were destroyed by an order
/// whose approval is a record. Not for concurrent use.
/// </summary>
internal sealed partial class KeyCheck(KeyStore keys, Findings findings)
{
    private const int Page = 64;

    private readonly Dictionary<string, PeriodKey?> _periods = new(StringComparer.Ordinal);
    private readonly HashSet<string> _approved = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Period, Guid Session), bool> _shredded = [];
    private readonly List<(long Index, string Period, Guid Session)> _waiting = [];

    // Read before the ledger's head: an order that is carried out meanwhile is not looked for.
    private readonly IReadOnlyList<string> _orders = keys.ListOrders();

    /// <summary>Records whose messages, or facts too, no longer open because they were shredded.</summary>
    public long Shredded { get; private set; }

    public void Take(long index, RecordKind kind, RecordHeader header)
    {
        if (kind == RecordKind.Configuration && ReadApproved(header.Note) is { } order)
        {
            _approved.Add(order);
        }

        if (!PeriodId().IsMatch(header.KeyId))
        {
            return;
        }

        if (Find(header.KeyId) is not { } period)
        {
            findings.Add($"record {index}", $"its key {header.KeyId} is not in the store of keys, and no order destroyed it: restore keys.db (or the schema recorder_keys) from backup");
        }
        else if (period.MetaOrder is not null || (period.BodyOrder is not null && HasMessages(header)))
        {
            Shredded++;
        }
        else if (period.BodyOrder is null && header.SessionId is { } session && HasMessages(header))
        {
            _waiting.Add((index, header.KeyId, session));
            if (_waiting.Count >= Page)
            {
                LookUp();
            }
        }
    }

    /// <summary>No record is left.</summary>
    public void Finish()
    {
        LookUp();
        foreach (var order in _orders.Where(o => !_approved.Contains(o)))
        {
            findings.Add("keys", $"some were destroyed by order {order}, and no record of the ledger says that it was approved");
        }
    }

    private void LookUp()
    {
        foreach (var period in _waiting.Where(w => !_shredded.ContainsKey((w.Period, w.Session))).GroupBy(w => w.Period, w => w.Session).ToArray())
        {
            foreach (var key in keys.FindSessions(period.Key, period.Distinct().ToArray()))
            {
                _shredded[(period.Key, key.SessionId)] = key.Order is not null;
            }
        }

        foreach (var (index, period, session) in _waiting)
        {
            if (!_shredded.TryGetValue((period, session), out var shredded))
            {
                findings.Add($"record {index}", $"the key of session {session} is not in the store of keys, and no order destroyed it: restore keys.db (or the schema recorder_keys) from backup");
            }

            Shredded += shredded ? 1 : 0;
        }

        _waiting.Clear();
        if (_shredded.Count > 100_000)
        {
            _shredded.Clear();
        }
    }

    private PeriodKey? Find(string id) => _periods.TryGetValue(id, out var known) ? known : _periods[id] = keys.FindPeriod(id);

    private static bool HasMessages(RecordHeader header) => header.Parts.Count > 1;

    private static string? ReadApproved(string? note)
    {
        try
        {
            using var document = JsonDocument.Parse(note ?? "{}");
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("retention", out var word) && word.ValueEquals(RetentionRecords.Approved)
                ? document.RootElement.GetProperty("order").GetString()
                : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex("^p[0-9]{6}-[0-9a-f]{8}$")]
    private static partial Regex PeriodId();
}
