using System.Data.Common;
using Chaperone.TestKit;
using Microsoft.Data.Sqlite;

namespace Chaperone.Faults;

/// <summary>Holds what clients and upstream saw against the ledger.</summary>
internal static class LedgerCheck
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Waits until each served answer and each forwarded call is in the ledger, and says what is not. Where records were taken
    /// away on purpose, it is enough that gaps tell of as many numbers; returns how many served answers are told of only so.
    /// </summary>
    public static async Task<int> UntilRecordedAsync(
        FaultStage stage, IReadOnlyCollection<Answer> answers, bool mayBeTold, long gapsBefore, List<string> violations, CancellationToken cancellationToken)
    {
        var served = answers.Where(a => a.Kind == AnswerKind.Served).Select(a => a.Id).ToArray();
        var forwarded = stage.Upstream.Received.Where(r => r.RpcMethod == "tools/call").Select(r => r.Id).ToArray();
        string[] unserved = [], unasked = [];
        var taken = 0;
        try
        {
            await TestLimits.UntilAsync(
                async () =>
                {
                    await TryReadAsync(stage.Ledger, cancellationToken);
                    unserved = [.. served.Where(id => !stage.Ledger.HasAnswer(id))];
                    unasked = [.. forwarded.Where(id => !stage.Ledger.HasIntent(id))];
                    taken = unserved.Length;
                    return unserved.Length + unasked.Length <= (mayBeTold ? stage.Ledger.GapNumbers - gapsBefore : 0);
                },
                "the ledger to hold what was served",
                cancellationToken,
                Settling);
            return taken;
        }
        catch (TimeoutException)
        {
            violations.Add($"{unserved.Length} served and not recorded, {unasked.Length} forwarded without an intent, e.g. call {unserved.Concat(unasked).First()}; gaps tell of {stage.Ledger.GapNumbers - gapsBefore} numbers");
            return 0;
        }
    }

    /// <summary>The shipped <c>chaperone verify</c>, until it knows of no number that is missing and not recorded as a gap.</summary>
    public static async Task VerifyAsync(FaultStage stage, List<string> violations, CancellationToken cancellationToken)
    {
        var key = Directory.EnumerateFiles(stage.Gateway.Directory, "log.vkey", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        var words = string.Empty;
        try
        {
            await TestLimits.UntilAsync(
                async () =>
                {
                    (var code, words) = await Gateway.ChaperoneAsync(cancellationToken, ["verify", .. stage.Gateway.StoreArguments, "--key", key]);
                    return code == 0 && !words.Contains("not recorded as a gap yet", StringComparison.Ordinal);
                },
                "chaperone verify to be content",
                cancellationToken,
                Settling);
        }
        catch (TimeoutException)
        {
            violations.Add($"chaperone verify: {words.ReplaceLineEndings(" ")}");
        }
    }

    private static async Task TryReadAsync(LedgerBook ledger, CancellationToken cancellationToken)
    {
        try
        {
            await ledger.CatchUpAsync(cancellationToken);
        }
        catch (Exception e) when (e is DbException or SqliteException)
        {
            // The store is not back yet; it is read again.
        }
    }
}
