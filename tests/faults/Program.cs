using System.Diagnostics;
using System.Globalization;
using Chaperone.Faults;
using Chaperone.TestKit;

// faults [--runs N] [--minutes M] [--only WORDS] [--short] [--write] [--old CHECKOUT]
// faults --drill
if (args.Contains("--drill"))
{
    await using var stage = await FaultStage.StartAsync(GatewayForm.RabbitMq, StageKind.Plain, CancellationToken.None);
    return await BackupDrill.RunAsync(stage, CancellationToken.None);
}

var runs = int.Parse(Given("--runs") ?? "1", CultureInfo.InvariantCulture);
var minutes = double.Parse(Given("--minutes") ?? "1000", CultureInfo.InvariantCulture);
var isShort = args.Contains("--short");
FaultStage.OldCheckout = Given("--old");
var points = FaultPoints.All
    .Where(p => FaultStage.OldCheckout is not null || p.Stage is not (StageKind.OldRooms or StageKind.OldRoomsAgain))
    .Where(p => !isShort || FaultPoints.Short.Contains(p.Name))
    .Where(p => Given("--only") is not { } only || $"{p.Name} {p.Form}".Contains(only, StringComparison.OrdinalIgnoreCase))
    .ToArray();
if (points.Length == 0)
{
    Console.Error.WriteLine("No fault point has this name. There are:\n" + string.Join('\n', FaultPoints.All.Select(p => $"  {p.Name} ({p.Form})")));
    return 2;
}

var results = new List<FaultResult>();
var clock = Stopwatch.StartNew();
foreach (var stagePoints in points.GroupBy(p => (p.Form, p.Stage)))
{
    // Each stage gets its share of the time.
    var until = clock.Elapsed.TotalMinutes + ((minutes - clock.Elapsed.TotalMinutes) * stagePoints.Count() / points.SkipWhile(p => !stagePoints.Contains(p)).Count());
    await using var stage = await FaultStage.StartAsync(stagePoints.Key.Form, stagePoints.Key.Stage, CancellationToken.None);
    for (var run = 1; run <= runs && (run == 1 || clock.Elapsed.TotalMinutes < until); run++)
    {
        foreach (var point in stagePoints)
        {
            var result = await FaultRun.RunAsync(stage, point, judgeTime: !isShort, CancellationToken.None);
            results.Add(result);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed:hh\\:mm\\:ss} run {run} {point.Name} ({point.Form}): {result.Served} served, {result.Refused} refused, {result.Cut} cut off, slowest refusal {result.SlowestRefusal:0} ms (machine late by {result.Lag.TotalMilliseconds:0} ms), recovery {result.Recovery.TotalSeconds:0.0} s, gaps {result.Gaps}"));
            foreach (var violation in result.Violations)
            {
                Console.WriteLine($"    VIOLATION: {violation}");
            }
        }

        if (args.Contains("--write"))
        {
            await FaultTable.PutAsync(Path.Combine(ShippedRooms.Root, "docs", "reliability.md"), FaultTable.Write(results));
        }
    }
}

Console.WriteLine($"\n{FaultTable.Write(results)}");
return results.Any(r => r.Violations.Count > 0) ? 1 : 0;

string? Given(string option) => Array.IndexOf(args, option) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
