using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Edge.Release;

/// <summary>Tells policy what a call under limits used, once, before its last word is released: the next call must find it counted.</summary>
internal sealed partial class CallUsage(IAsk<SettleCall, CallSettled> ask, ILogger<CallUsage> logger)
{
    /// <summary>Adds what is released of <paramref name="exchange"/>.</summary>
    public static void Count(Exchange exchange, ReadOnlySpan<byte> masked)
    {
        if (exchange.Meters.Length > 0)
        {
            exchange.ReleasedBytes += masked.Length;
            exchange.ReleasedRows += Array.Exists(exchange.Meters, m => m.Kind == UsageKind.Rows) ? RowCount.Of(masked) : 0;
        }
    }

    /// <summary>Settles the call; what cannot be told is logged, and slots free themselves in time.</summary>
    public async ValueTask SettleAsync(Exchange exchange)
    {
        if (exchange.Meters.Length == 0)
        {
            return;
        }

        var meters = exchange.Meters;
        exchange.Meters = [];
        try
        {
            await exchange.Own.AskAsync(
                ask,
                new SettleCall { CallId = exchange.Call.CallId, Meters = meters, Rows = exchange.ReleasedRows, Bytes = exchange.ReleasedBytes },
                CancellationToken.None,
                last: true);
        }
        catch (BusUnavailableException e)
        {
            Log.NotSettled(logger, exchange.Call.CallId, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1301, LogLevel.Warning, "What call {CallId} used is not counted: {Problem}")]
        public static partial void NotSettled(ILogger logger, Guid callId, string problem);
    }
}
