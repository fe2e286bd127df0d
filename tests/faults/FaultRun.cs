using System.Diagnostics;
using Chaperone.TestKit;

namespace Chaperone.Faults;

/// <summary>
/// One run of one fault point:
/// <list type="number">
/// <item>Clients call until calls are served steadily.</item>
/// <item>The fault comes, lasts, and is taken away.</item>
/// <item>Clients go on until calls are served steadily again, with no hand on anything.</item>
/// <item>Every answer is held against the ledger and the upstream, and <c>chaperone verify</c> against all of it.</item>
/// </list>
/// </summary>
internal static class FaultRun
{
    private const int SteadyCalls = 25;
    private const double LongestRefusal = 3000;
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);

    /// <param name="stage">What runs.</param>
    /// <param name="point">What goes wrong.</param>
    /// <param name="judgeTime">Whether a late refusal is a violation: a crowded build machine is no place to measure.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static async Task<FaultResult> RunAsync(FaultStage stage, FaultPoint point, bool judgeTime, CancellationToken cancellationToken)
    {
        stage.Upstream.Received.Clear();
        var gapsBefore = stage.Ledger.GapNumbers;
        var twiceBefore = stage.Ledger.Twice.Count;
        var violations = new List<string>();

        await using var lag = MachineLag.Watch();
        stage.Load.Begin();
        if (await SteadyAfterAsync(stage.Load, Stopwatch.GetTimestamp(), cancellationToken) is null)
        {
            violations.Add("calls were not served before the fault");
        }

        var faultCalls = stage.Load.Answers.Count;
        await point.InjectAsync(stage, cancellationToken);
        await Task.Delay(point.Hold, cancellationToken);
        await point.MendAsync(stage, cancellationToken);
        var mended = Stopwatch.GetTimestamp();
        var recovery = await SteadyAfterAsync(stage.Load, mended, cancellationToken);
        await stage.Load.EndAsync();
        if (recovery is null)
        {
            violations.Add($"calls were not served steadily within {Recovery.TotalSeconds:0} s");
        }

        try
        {
            await stage.UntilWellAsync(cancellationToken);
        }
        catch (Exception e) when ((e is TimeoutException or OperationCanceledException or InvalidOperationException) && !cancellationToken.IsCancellationRequested)
        {
            violations.Add($"a room is not ready again: {e.Message.Split('\n')[0]}");
        }

        var answers = stage.Load.Answers.Skip(faultCalls).ToArray();
        var all = stage.Load.Answers.ToArray();
        var untold = await LedgerCheck.UntilRecordedAsync(stage, all, point.TakesRecords, gapsBefore, violations, cancellationToken);
        violations.AddRange(stage.Ledger.Twice.Skip(twiceBefore).Select(t => $"recorded twice: {t}"));
        await LedgerCheck.VerifyAsync(stage, violations, cancellationToken);
        Judge(point, all, judgeTime ? lag.Worst : TimeSpan.MaxValue, violations);
        return new FaultResult
        {
            Point = point,
            Served = answers.Count(a => a.Kind == AnswerKind.Served),
            Refused = answers.Count(a => a.Kind == AnswerKind.Refused),
            Cut = answers.Count(a => a.Kind == AnswerKind.Cut),
            SlowestRefusal = answers.Where(a => a.Kind == AnswerKind.Refused).Select(a => a.Milliseconds).DefaultIfEmpty(0).Max(),
            Recovery = recovery ?? Recovery,
            Lag = lag.Worst,
            Gaps = stage.Ledger.GapNumbers - gapsBefore,
            TakenAway = untold,
            Violations = violations,
        };
    }

    private static void Judge(FaultPoint point, Answer[] answers, TimeSpan lag, List<string> violations)
    {
        violations.AddRange(answers.Where(a => a.Kind == AnswerKind.Wrong).Select(a => $"undocumented answer: {a.Words}").Distinct().Take(3));
        violations.AddRange(answers.Where(a => a.Kind == AnswerKind.Silent).Select(a => a.Words).Distinct());
        violations.AddRange(answers.Where(a => a.Kind == AnswerKind.Cut && !point.CutsClients).Select(a => $"connection ended: {a.Words}").Distinct());
        var late = answers.Where(a => a.Kind == AnswerKind.Refused && a.Milliseconds > LongestRefusal + lag.TotalMilliseconds).ToArray();
        if (late.Length > 0)
        {
            violations.Add($"{late.Length} refused after more than 3 s, e.g. {late[0].Milliseconds:0} ms, while the machine itself was {lag.TotalMilliseconds:0} ms late: {late[0].Words}");
        }
    }

    /// <summary>From <paramref name="since"/> to the end of the last call that was not served, once calls were served for a while after it; null when that does not come.</summary>
    private static async Task<TimeSpan?> SteadyAfterAsync(FaultLoad load, long since, CancellationToken cancellationToken)
    {
        TimeSpan? found = null;
        try
        {
            await TestLimits.UntilAsync(
                () =>
                {
                    var after = load.Answers.Where(a => a.At >= since).ToArray();
                    var trouble = after.Where(a => a.Kind != AnswerKind.Served).Select(a => a.At).DefaultIfEmpty(since).Max();
                    var good = after.Count(a => a.At > trouble);
                    if (good >= SteadyCalls && Stopwatch.GetElapsedTime(trouble) >= Steady)
                    {
                        found = Stopwatch.GetElapsedTime(since, trouble);
                    }

                    return ValueTask.FromResult(found is not null);
                },
                "calls to be served steadily",
                cancellationToken,
                Recovery);
        }
        catch (TimeoutException)
        {
            // Told by null.
        }

        return found;
    }
}
