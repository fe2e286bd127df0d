using System.CommandLine;
using Chaperone.Contracts;
using Chaperone.Policy.Cases;
using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Documents;

namespace Chaperone.Cli.Policies;

/// <summary><c>chaperone policy diff</c>: which recorded calls another policy would decide otherwise.</summary>
internal sealed class PolicyDiffCommand(TextWriter output, TextWriter error)
{
    private readonly Argument<string> _old = new("OLD") { Description = "Policy file, YAML." };
    private readonly Argument<string> _new = new("NEW") { Description = "Policy file to compare with it." };
    private readonly Option<string[]> _over = new("--over") { Description = "Recorded calls: files of 'chaperone export', or the recorder's data directory, whose messages are read as they were.", Required = true, HelpName = "SESSIONS", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _keys = new("--keys") { Description = "Directory that holds record.key; for a data directory.", HelpName = "DIRECTORY", DefaultValueFactory = _ => "data/keys" };

    private readonly RootKeyPlace _root = new();

    public static Command Create(TextWriter output, TextWriter error)
    {
        var diff = new PolicyDiffCommand(output, error);
        var command = new Command(
            "diff",
            "Decides recorded calls by two policies and lists those that come out otherwise: the call's id, target and both decisions, never arguments. Each call is decided as at the time it was received. "
            + "Exports hold masked messages only: there, conditions on arguments see what masking left, and the last line says of how many calls. What tools say of themselves is not recorded: annotations count as unknown. "
            + "Exit codes: 0 no decision changes; 1 some do; 2 something cannot be read.");
        command.Arguments.Add(diff._old);
        command.Arguments.Add(diff._new);
        command.Options.Add(diff._over);
        command.Options.Add(diff._keys);
        diff._root.AddTo(command);
        command.SetAction(diff.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var before = await PolicyPlace.OpenAsync(parsed.GetValue(_old)!, error, cancellationToken);
            var after = await PolicyPlace.OpenAsync(parsed.GetValue(_new)!, error, cancellationToken);
            if (before is null || after is null)
            {
                return ExitCode.Unreadable;
            }

            var calls = new List<RecordedCall>();
            foreach (var place in parsed.GetValue(_over)!)
            {
                calls.AddRange(Directory.Exists(place) ? await ReadStoreAsync(parsed, place, cancellationToken) : await RecordedSessions.ReadAsync(place, cancellationToken));
            }

            return await CompareAsync(before, after, calls);
        }
        catch (Exception e) when (e is UnreadableException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"Cannot compare: {e.Message}");
            return ExitCode.Unreadable;
        }
    }

    private async Task<IReadOnlyList<RecordedCall>> ReadStoreAsync(ParseResult parsed, string place, CancellationToken cancellationToken)
    {
        using var root = _root.Open(parsed, parsed.GetValue(_keys)!, TimeProvider.System);
        return await RecordedStore.ReadAsync(place, root.Keys, cancellationToken);
    }

    private async Task<int> CompareAsync(PolicyDocument before, PolicyDocument after, List<RecordedCall> calls)
    {
        var comparison = new PolicyComparison(before, after);
        var changed = 0;
        foreach (var call in calls)
        {
            if (comparison.Of(call.Call, call.Message ?? [], new Glass(call.BreakGlass)) is not { } difference)
            {
                continue;
            }

            changed++;
            await output.WriteLineAsync($"{difference.CallId} {difference.Subject} {difference.Server} {difference.Method}{(difference.Target is { } target ? $" {target}" : "")}: {Say(difference.Was)} -> {Say(difference.Becomes)}");
        }

        var masked = calls.Count(c => c.IsMasked);
        await output.WriteLineAsync($"{calls.Count} calls, {changed} would be decided otherwise{(masked == 0 ? "" : $"; {masked} were compared by their masked messages")}.");
        return changed == 0 ? ExitCode.Intact : ExitCode.Tampered;
    }

    private static string Say(TrialDecision decision) => $"{EffectWords.Of(decision.Effect)} by {decision.Rule} ({decision.Masking})";
}
