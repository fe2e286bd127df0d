using System.Text.Json;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Policy.Pins;

/// <summary>Records what becomes of tools, before it does. Notes hold digests, counts and plain names; definitions and reasons are sealed parts.</summary>
internal sealed partial class PinRecords(IJournal journal, IPayloadSeal seal, TimeProvider time, ILogger<PinRecords> logger)
{
    private const int MostNamed = 50;
    private const int LongestPlainName = 64;

    /// <summary>Definitions that a list showed for the first time, or anew.</summary>
    /// <exception cref="BusUnavailableException">Not durable: nothing may change.</exception>
    public async Task ShownAsync(CallFacts call, ServerPins before, PinPlan plan, CancellationToken cancellationToken)
    {
        if (plan.IsEmpty)
        {
            return;
        }

        (ToolDefinition Tool, string State)[] all =
        [
            .. plan.Added.Select(a => (a.Tool, a.State == ToolState.Accepted ? "accepted" : "held")),
            .. plan.Moved.Where(m => plan.Added.All(a => a.Tool != m)).Select(t => (t, "shown again")),
        ];
        var held = all.Count(a => a.State == "held");
        if (held > 0)
        {
            Log.Held(logger, call.Server, held);
        }

        if (plan.Added.Sum(a => a.Tool.Suspicions.Length) is > 0 and var suspicious)
        {
            Log.Suspicious(logger, call.Server, suspicious);
        }

        var note = JsonSerializer.Serialize(new
        {
            tools = "shown",
            server = call.Server,
            accepted = all.Count(a => a.State == "accepted"),
            held,
            items = all.Take(MostNamed).Select(a => new
            {
                tool = Plain(a.Tool.Name),
                digest = a.Tool.Digest,
                state = a.State,
                renamedFrom = Plain(before.RenamedFrom(a.Tool.Name, a.Tool.Shape)),
                suspicions = a.Tool.Suspicions.Select(s => s.Kind.ToString()).Distinct().ToArray(),
            }),
        });
        var definitions = CombineTexts([.. all.Select(a => a.Tool).Where(t => t.Canonical.Length <= ToolDefinition.MostBytes)]);
        await WriteAsync(note, null, call, "tool_definitions", definitions, cancellationToken);
    }

    /// <summary>An admin's answer.</summary>
    /// <exception cref="BusUnavailableException">Not durable: nothing may change.</exception>
    public async Task DecidedAsync(PinRow row, DecideTool decision, string words, CancellationToken cancellationToken)
    {
        Log.Decided(logger, row.Server, row.Pin.Digest, decision.Accept);
        var note = JsonSerializer.Serialize(new
        {
            tools = decision.Accept ? "accepted" : "refused",
            server = row.Server,
            tool = Plain(row.Pin.Tool),
            digest = row.Pin.Digest,
            suspicions = row.Suspicions.Select(s => s.Kind.ToString()).Distinct().ToArray(),
        });
        var detail = JsonSerializer.SerializeToUtf8Bytes(new { tool = row.Pin.Tool, reason = words });
        await WriteAsync(note, decision.Decider, null, "tool_decision", detail, cancellationToken);
    }

    /// <summary>A name as it may stand in clear; null where it is none that is plain: servers choose names.</summary>
    private static string? Plain(string? name) =>
        name is { Length: > 0 and <= LongestPlainName } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/') ? name : null;

    private static byte[] CombineTexts(IReadOnlyList<ToolDefinition> tools)
    {
        using var joined = new MemoryStream();
        joined.WriteByte((byte)'[');
        for (var i = 0; i < tools.Count; i++)
        {
            if (i > 0)
            {
                joined.WriteByte((byte)',');
            }

            joined.Write(tools[i].Canonical);
        }

        joined.WriteByte((byte)']');
        return joined.ToArray();
    }

    private ValueTask WriteAsync(string note, Principal? actor, CallFacts? call, string part, byte[] content, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        return journal.WriteAsync(
            new RecordEntry
            {
                EventId = id,
                Kind = RecordKind.Configuration,
                OccurredAt = time.GetUtcNow(),
                Source = "policy",
                Call = call,
                Actor = actor,
                Note = note,
                Parts = [new RecordPart { Name = part, MediaType = "application/json", Searchable = false, Content = seal.Seal(content, id) }],
            },
            cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(2031, LogLevel.Warning, "Server {Server} shows {Count} new or changed tools; they wait for an admin (console, Tools)")]
        public static partial void Held(ILogger logger, string server, int count);

        [LoggerMessage(2032, LogLevel.Warning, "Tools of server {Server} have {Count} suspicious places in their definitions (console, Tools)")]
        public static partial void Suspicious(ILogger logger, string server, int count);

        [LoggerMessage(2033, LogLevel.Information, "A definition of a tool of server {Server} was decided on: {Digest}, accepted: {Accepted}")]
        public static partial void Decided(ILogger logger, string server, string digest, bool accepted);
    }
}
