using System.Security.Cryptography;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Retention;
using Chaperone.Recorder.Saved;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Doors;

/// <summary>Answers how retention stands; reasons are sealed again for the bus.</summary>
internal sealed class ReadRetentionDoor(KeyStore keys, RetentionStore store, SearchSealer sealer, IPayloadSeal bus, IOptions<RecorderOptions> options)
    : IDoor<ReadRetention, RetentionReport>
{
    private const int MostOrders = 500;

    public async ValueTask<RetentionReport> AnswerAsync(ReadRetention request, CancellationToken cancellationToken)
    {
        await keys.OpenAsync(cancellationToken);
        var retention = options.Value.Retention;
        return new RetentionReport
        {
            MetaDays = retention.MetaDays,
            BodyDays = retention.BodyDays,
            Periods = [.. keys.ListPeriods().Select(p => ToPeriod(p, retention))],
            Holds = [.. store.ListHolds().Select(h => new RetentionHold
            {
                HoldId = h.Id, Target = h.Target, Set = h.Set, Lifted = h.Lifted, Reason = Reason(h.Id, h.ReasonKey, h.Reason, h.Set.At, request.RequestId),
            })],
            Orders = [.. store.ListOrders(MostOrders).Select(o => new ShredOrder
            {
                OrderId = o.Id, Target = o.Target, Scope = o.Scope, State = o.State, AskedAt = o.AskedAt, Agreed = o.Agreed, Refused = o.Refused, DoneAt = o.DestroyedAt, Keys = o.Keys,
                Reason = Reason(o.Id, o.ReasonKey, o.Reason, o.AskedAt, request.RequestId),
            })],
        };
    }

    private RetentionPeriod ToPeriod(PeriodKey key, RetentionOptions retention)
    {
        var (body, meta) = RetentionSweep.DueOf(key.Month, retention);
        return new RetentionPeriod
        {
            Month = key.Month,
            KeyId = key.Id,
            RootId = key.RootId,
            Sessions = keys.CountSessions(key.Id),
            BodyDue = body,
            MetaDue = meta,
            BodyOrder = key.BodyOrder,
            MetaOrder = key.MetaOrder,
            IsHeld = store.FindProtecting(new RetentionTarget { FromMonth = key.Month, ToMonth = key.Month }) is not null,
        };
    }

    private SealedPayload? Reason(Guid id, string? key, byte[]? content, DateTimeOffset at, Guid request)
    {
        try
        {
            return key is null || content is null ? null : bus.Seal(sealer.Open(new SealedSearch(id, RetentionDesk.ReasonOwner, key, content, at)), request);
        }
        catch (Exception e) when (e is CryptographicException or RootAwayException)
        {
            // Its key is gone, or cannot be had now; who, what and when are still told.
            return null;
        }
    }
}
