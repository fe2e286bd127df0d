using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Limits;
using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Counting;

/// <summary>
/// Counts calls before they are decided, so that calls which come at once see each other, and takes back what a refused one
/// counted. When nothing can be counted, rules that restrict hold and rules that allow do not.
/// </summary>
internal sealed partial class CounterDesk(ICounterStore store, TimeProvider time, ILogger<CounterDesk> logger)
{
    /// <summary>Most items that are told apart in one counter.</summary>
    public const int MostItems = 10_001;

    private const int MostValues = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Counts <paramref name="request"/>, of which <paramref name="terms"/> ask; null where none does.</summary>
    public async ValueTask<CountedCall?> CountAsync(IReadOnlyList<CounterTerms> terms, EvaluateCall request, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (terms.Count == 0 || request.Call.Direction != CallDirection.FromClient)
        {
            return null;
        }

        // A call that repeats an approved one was counted when it asked.
        var keys = new HashSet<string>(StringComparer.Ordinal);
        CounterEvent[] events = [.. terms.Select(t => EventOf(t, request.Call, bytes, adds: t.Kind != CounterKind.Denials && t.Counts(request.Call.Target) && request.ApprovalId is null))];

        // Rules that count the same count it once.
        events = [.. events.Select(e => e with { Adds = e.Adds && keys.Add(e.Key), Items = request.ApprovalId is null ? e.Items : [] })];
        try
        {
            using var timeout = new CancellationTokenSource(Patience, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            return new CountedCall(terms, events, await store.CountAsync(events, both.Token));
        }
        catch (Exception e) when (e is LimitsUnavailableException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.NotCounted(logger, e.Message);
            return new CountedCall(terms, events, null);
        }
    }

    /// <summary>Once a call is decided: a refused one counts as a denial and as nothing else; one that is asked of again counts as nothing.</summary>
    public async ValueTask SettleAsync(CountedCall? counted, CallFacts call, CallDecided decided, CancellationToken cancellationToken)
    {
        if (counted is not { Counts: not null } || decided.Decision.Effect != CallEffect.Deny)
        {
            return;
        }

        try
        {
            await store.TakeBackAsync(counted.Events, cancellationToken);
            CounterEvent[] denials = [.. counted.Terms.Where(t => !decided.NeedsToolList && t.Kind == CounterKind.Denials && t.Counts(call.Target)).Select(t => EventOf(t, call, default, adds: true))];
            if (denials.Length > 0)
            {
                await store.CountAsync(denials, cancellationToken);
            }
        }
        catch (LimitsUnavailableException e)
        {
            Log.NotCounted(logger, e.Message);
        }
    }

    private static CounterEvent EventOf(CounterTerms terms, CallFacts call, ReadOnlyMemory<byte> bytes, bool adds)
    {
        var key = Digest($"{call.SessionId:N}\n{call.Server}\n{terms.Name}");
        IReadOnlyList<string> items = terms.Kind switch
        {
            CounterKind.Distinct when terms.Counts(call.Target) => [.. Values(terms.Argument!, bytes).Select(v => Digest($"{call.SessionId:N}\n{v}"))],
            CounterKind.Calls when terms.Counts(call.Target) => [call.CallId.ToString("N")],
            CounterKind.Denials when adds => [call.CallId.ToString("N")],
            _ => [],
        };
        return new CounterEvent(key, items, terms.Over, terms.Within, adds);
    }

    // Folded, so that nobody makes one patient of "A1" and "a1", or many of one to hide among them.
    private static IEnumerable<string> Values(ArgumentPath path, ReadOnlyMemory<byte> bytes)
    {
        using var message = CallMessage.TryRead(bytes);
        var values = new List<string>();
        if (message is not null)
        {
            new ArgumentCondition(path, [new ValueCollector(values)]).Holds(message.Arguments, wary: true);
        }

        return [.. values.Select(Folding.Fold).Distinct(StringComparer.Ordinal).Take(MostValues)];
    }

    // Under the session's random id: the store names no person.
    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Never fits, so that it is shown every value.</summary>
    private sealed class ValueCollector(List<string> values) : IValueTest
    {
        /// <inheritdoc/>
        public string Key => "distinct";

        /// <inheritdoc/>
        public bool Holds(JsonElement value, bool wary)
        {
            if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) && ScalarText.Of(value) is { } text)
            {
                values.Add(Numeral.ParseLoosely(text)?.ToString() ?? text);
            }

            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2030, LogLevel.Error, "Calls of sessions cannot be counted; rules about counters restrict, and allow nothing: {Problem}")]
        public static partial void NotCounted(ILogger logger, string problem);
    }
}
