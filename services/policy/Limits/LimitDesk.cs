using System.Security.Cryptography;
using System.Text;
using Chaperone.Contracts;
using Chaperone.Policy.Documents;
using Microsoft.Extensions.Options;

namespace Chaperone.Policy.Limits;

/// <summary>Lets calls pass as far as limits go. When they cannot be counted nothing that they count passes.</summary>
internal sealed partial class LimitDesk(ILimitStore store, IOptions<PolicyOptions> options, ILogger<LimitDesk> logger)
{
    /// <summary>Said to decide where limits cannot be counted.</summary>
    public const string Unavailable = "limits-unavailable";

    private const int UnavailableRetrySeconds = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The decision, turned into a refusal where a limit is reached, else with what the call's end is counted on. A call that repeats an approved one was counted when it asked.</summary>
    public async ValueTask<CallDecided> AdmitAsync(EvaluateCall request, CallDecided decided, IReadOnlyList<LimitTerms> limits, CancellationToken cancellationToken)
    {
        if (limits.Count == 0 || decided.Decision.Effect == CallEffect.Deny || request.Call.Direction != CallDirection.FromClient)
        {
            return decided;
        }

        LimitDemand[] demands = [.. limits.SelectMany(l => DemandsOf(l, request.Call, decided.Decision.Effect))];
        LimitDemand[] now = request.ApprovalId is null ? demands : [.. demands.Where(d => d.Kind == LimitKind.Slots)];
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(Patience);
            return await store.TakeAsync(now, request.Call.CallId, options.Value.SlotLifetime, timeout.Token) is { } refusal
                ? Refuse(decided, refusal.Demand.Terms, refusal.Words, refusal.Seconds)
                : decided with { Meters = [.. demands.Select(MeterOf).OfType<UsageMeter>()] };
        }
        catch (Exception e) when (e is LimitsUnavailableException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.NotCounted(logger, e.Message);
            return Refuse(decided, Unavailable, "The limits of this call cannot be counted now, so it was not made. Try again shortly.", UnavailableRetrySeconds);
        }
    }

    /// <summary>Counts what came back, and gives back the call's slots.</summary>
    public async ValueTask SettleAsync(SettleCall settled, CancellationToken cancellationToken)
    {
        var used = settled.Meters.Where(m => m.Limit > 0).Select(m => m.Kind switch
        {
            UsageKind.Rows => Used(LimitKind.Rows, m, settled.Rows),
            UsageKind.Bytes => Used(LimitKind.Bytes, m, settled.Bytes),
            _ => (new LimitDemand(string.Empty, LimitKind.Slots, m.Key, m.Limit), 0),
        });
        try
        {
            await store.SettleAsync([.. used], settled.CallId, cancellationToken);
        }
        catch (LimitsUnavailableException e)
        {
            Log.NotSettled(logger, settled.CallId, e.Message);
        }
    }

    private static (LimitDemand, long) Used(LimitKind kind, UsageMeter meter, long amount)
    {
        var demand = new LimitDemand(string.Empty, kind, meter.Key, meter.Limit);
        return (demand, demand.CostOf(Math.Max(amount, 0)));
    }

    private static IEnumerable<LimitDemand> DemandsOf(LimitTerms terms, CallFacts call, CallEffect effect)
    {
        // Who waits for people is not under way.
        if (terms.Concurrent is { } concurrent && effect == CallEffect.Allow)
        {
            yield return new LimitDemand(terms.Name, LimitKind.Slots, KeyOf(terms, LimitKind.Slots, call), concurrent);
        }

        if (terms.CallsPerMinute is { } calls)
        {
            yield return new LimitDemand(terms.Name, LimitKind.Calls, KeyOf(terms, LimitKind.Calls, call), calls);
        }

        if (terms.RowsPerHour is { } rows)
        {
            yield return new LimitDemand(terms.Name, LimitKind.Rows, KeyOf(terms, LimitKind.Rows, call), rows);
        }

        if (terms.BytesPerHour is { } bytes)
        {
            yield return new LimitDemand(terms.Name, LimitKind.Bytes, KeyOf(terms, LimitKind.Bytes, call), bytes);
        }
    }

    // A digest: the store names no person, and no resource that is about one.
    private static string KeyOf(LimitTerms terms, LimitKind kind, CallFacts call)
    {
        string?[] parts =
        [
            terms.Name,
            kind.ToString(),
            terms.Scope.HasFlag(LimitScope.Principal) ? $"{call.Principal.Issuer}\n{call.Principal.Subject}" : null,
            terms.Scope.HasFlag(LimitScope.Client) ? call.Principal.ClientId : null,
            terms.Scope.HasFlag(LimitScope.Server) ? call.Server : null,
            terms.Scope.HasFlag(LimitScope.Target) ? $"{call.Method}\n{call.Target}" : null,
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
    }

    private static UsageMeter? MeterOf(LimitDemand demand) => demand.Kind switch
    {
        LimitKind.Rows => new UsageMeter { Kind = UsageKind.Rows, Key = demand.Key, Limit = demand.Limit },
        LimitKind.Bytes => new UsageMeter { Kind = UsageKind.Bytes, Key = demand.Key, Limit = demand.Limit },
        LimitKind.Slots => new UsageMeter { Kind = UsageKind.Slot, Key = demand.Key, Limit = demand.Limit },
        _ => null,
    };

    private static CallDecided Refuse(CallDecided decided, string rule, string reason, int seconds) => decided with
    {
        Visible = true,
        Approval = null,
        RetryAfterSeconds = seconds,
        Decision = decided.Decision with { Effect = CallEffect.Deny, Rule = rule, Reason = reason, Masking = MaskingTerms.Strictest.Profile, Exempt = [] },
    };

    private static partial class Log
    {
        [LoggerMessage(2020, LogLevel.Error, "Limits cannot be counted, calls under them are refused: {Problem}")]
        public static partial void NotCounted(ILogger logger, string problem);

        [LoggerMessage(2021, LogLevel.Warning, "What call {CallId} used is not counted: {Problem}")]
        public static partial void NotSettled(ILogger logger, Guid callId, string problem);
    }
}
