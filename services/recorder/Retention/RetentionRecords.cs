using System.Text;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Retention;

/// <summary>Writes what happens to retention into the ledger: the record of deletions. Notes are PHI-free JSON with a member <c>retention</c>; reasons stay sealed.</summary>
internal sealed class RetentionRecords(IRecordKeeper keeper, IPayloadSeal bus, TimeProvider time)
{
    /// <summary>Word of the record that comes before keys are destroyed.</summary>
    public const string Approved = "shred-approved";

    /// <summary>Something a person did, under the request's id.</summary>
    public ValueTask WriteAsync(ChangeRetention request, string word, Guid id, RetentionTarget target, ShredScope? scope, CancellationToken cancellationToken)
    {
        var json = new CanonicalJson().BeginObject();
        if (scope is null)
        {
            json.Member("hold", id.ToString());
        }
        else
        {
            json.Member("order", id.ToString());
        }

        var note = json.Member("retention", word).Member("scope", scope is { } s ? RecordHeader.Word(s) : null).Member("target", TargetText.Write(target)).EndObject();
        return KeepAsync(request.RequestId, note, request.Actor, Reason(request), cancellationToken);
    }

    /// <summary>Something that became of an order.</summary>
    public ValueTask WriteAsync(Order order, string word, CancellationToken cancellationToken)
    {
        var json = new CanonicalJson().BeginObject();
        if (order.Agreed.Length > 0)
        {
            json.Name("agreed").BeginArray();
            foreach (var act in order.Agreed)
            {
                json.BeginArray().Value(act.Issuer).Value(act.Subject).Value(LeafFormat.Time(act.At)).EndArray();
            }

            json.EndArray();
        }

        var note = json.Member("keys", order.DestroyedAt is null ? null : order.Keys)
            .Member("order", order.Id.ToString()).Member("retention", word).Member("scope", RecordHeader.Word(order.Scope)).Member("target", TargetText.Write(order.Target))
            .EndObject();

        // Whoever takes the work up again writes the same record again, and it counts once.
        var id = DerivedId.Of("chaperone/retention/v1", $"{word}\n{order.Id}\n{order.Agreed.LastOrDefault()?.At:O}", order.AskedAt.ToUnixTimeMilliseconds());
        return KeepAsync(id, note, null, [], cancellationToken);
    }

    private ValueTask KeepAsync(Guid id, CanonicalJson note, Principal? actor, RecordPart[] parts, CancellationToken cancellationToken) => keeper.KeepAsync(
        [
            new RecordEntry
            {
                EventId = id,
                Kind = RecordKind.Configuration,
                OccurredAt = time.GetUtcNow(),
                Source = "recorder",
                Actor = actor,
                Note = Encoding.UTF8.GetString(note.ToArray()),
                Parts = parts,
            },
        ],
        cancellationToken);

    private RecordPart[] Reason(ChangeRetention request) =>
        [new RecordPart { Name = "reason", MediaType = "text/plain", Searchable = false, Content = bus.Seal(bus.Open(request.Reason, request.RequestId), request.RequestId) }];
}
