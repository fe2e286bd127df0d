using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using Chaperone.Contracts;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Retention;

namespace Chaperone.Cli;

/// <summary><c>chaperone retention</c>: which months still open, what is on hold, and what was or is to be destroyed. People decide in the console, where it is known who they are.</summary>
internal sealed class RetentionCommand(TextWriter output, TextWriter error)
{
    private const int MostOrders = 500;

    private readonly LedgerPlace _place = new();

    public static Command Create(TextWriter output, TextWriter error)
    {
        var retention = new RetentionCommand(output, error);
        var command = new Command(
            "retention",
            "Shows by month which records still open, what is on legal hold, and which orders destroyed or will destroy keys. Reads only, and needs no key; holds are set and orders given in the console. " + ExitCode.Help);
        retention._place.AddTo(command, withLog: false);
        command.SetAction(retention.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            await using var store = await _place.OpenStoreAsync(parsed, cancellationToken);
            if (await _place.OpenKeyDatabaseAsync(parsed, cancellationToken) is not { } database)
            {
                await output.WriteLineAsync("There are no keys of months here: all records are sealed under the root key itself and cannot be shredded.");
                return ExitCode.Intact;
            }

            var keys = new KeyStore(database);
            var retention = new RetentionStore(database, keys);
            SayMonths(keys);
            SayHolds(retention.ListHolds());
            SayOrders(retention.ListOrders(MostOrders));
            return ExitCode.Intact;
        }
        catch (Exception e) when (e is UnreadableException or IOException or UnauthorizedAccessException or DbException)
        {
            await error.WriteLineAsync($"Cannot read: {e.Message}");
            return ExitCode.Unreadable;
        }
    }

    private void SayMonths(KeyStore keys)
    {
        output.WriteLine("month    messages  facts     sessions  key                wrapped by");
        foreach (var period in keys.ListPeriods())
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{period.Month}  {Word(period.BodyOrder),-8}  {Word(period.MetaOrder),-8}  {keys.CountSessions(period.Id),8:#,0}  {period.Id,-17}  {period.RootId}"));
        }
    }

    private void SayHolds(IReadOnlyList<Hold> holds)
    {
        output.WriteLine(holds.Count == 0 ? "holds: none" : "holds:");
        foreach (var hold in holds)
        {
            output.WriteLine($"  {hold.Id}  {TargetText.Say(hold.Target)}, set {Day(hold.Set.At)} by {hold.Set.Subject}{(hold.Lifted is { } lifted ? $", lifted {Day(lifted.At)} by {lifted.Subject}" : "")}");
        }
    }

    private void SayOrders(IReadOnlyList<Order> orders)
    {
        output.WriteLine(orders.Count == 0 ? "orders: none" : "orders:");
        foreach (var order in orders)
        {
            var agreed = order.Agreed.Length == 0 ? "nobody agreed yet" : $"agreed: {string.Join(", ", order.Agreed.Select(a => a.Subject))}";
            var done = order.DestroyedAt is { } at ? string.Create(CultureInfo.InvariantCulture, $", {order.Keys:#,0} keys destroyed {at.UtcDateTime:yyyy-MM-dd}") : "";
            output.WriteLine($"  {order.Id}  {(order.Scope == ShredScope.All ? "messages and facts" : "messages")} of {TargetText.Say(order.Target)}: {order.State.ToString().ToLowerInvariant()}, {agreed}{done}");
        }
    }

    private static string Word(string? order) => order is null ? "open" : "shredded";

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
