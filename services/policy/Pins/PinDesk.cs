using System.Collections.Concurrent;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Pins;

/// <summary>
/// Holds servers to the tools they showed first (rug pulls): what is new or changed is hidden and refused until an admin accepts
/// it. When it cannot be known where a tool stands, it counts as not accepted.
/// </summary>
internal sealed partial class PinDesk(PinStore store, PinRecords records, IPayloadSeal seal, TimeProvider time, ILogger<PinDesk> logger)
{
    /// <summary>Said to decide where a tool is not accepted.</summary>
    public const string Rule = "tool-pinning";

    /// <summary>Said to have decided where nobody had to.</summary>
    public const string FirstUse = "first use";

    private const string NotListed = "The server lists no such tool, so nobody can have accepted it.";
    private const string Changed = "The tool is new on its server, or has changed, and waits until an admin accepts it (console, Tools). Ask your admin.";
    private const string RefusedByAdmin = "An admin has refused what the server says of this tool now (console, Tools). Ask your admin.";
    private const string Unknown = "It cannot be told now whether the tool is still the one that was accepted. Try again shortly.";

    // How old may be what another worker changes: what this one changes it knows at once.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (ServerPins Pins, long At)> _known = new(StringComparer.Ordinal);

    /// <summary>The decision, turned into a refusal where the call's tool is not accepted.</summary>
    public async ValueTask<CallDecided> AdmitAsync(CallFacts call, CallDecided decided, PinningMode mode, CancellationToken cancellationToken)
    {
        if (mode == PinningMode.Off || decided.Decision.Effect == CallEffect.Deny || call is not { Method: "tools/call", Direction: CallDirection.FromClient, Target: { } tool })
        {
            return decided;
        }

        try
        {
            var known = await KnownAsync(call.Server, cancellationToken);
            return known.StateOf(tool) switch
            {
                ToolState.Accepted => decided,
                ToolState.Held => Refuse(decided, Changed),
                ToolState.Refused => Refuse(decided, RefusedByAdmin),

                // What was shown to nobody has misled nobody: on a server's first use the rules alone decide.
                null when mode == PinningMode.FirstUse && known.IsEmpty => decided,

                // Answered like any tool that is not there.
                _ => Refuse(decided, NotListed) with { NeedsToolList = true, Visible = false },
            };
        }
        catch (PinsUnavailableException e)
        {
            Log.Unavailable(logger, e);
            return Refuse(decided, Unknown);
        }
    }

    /// <summary>
    /// Takes note of <paramref name="listing"/>, answered to <paramref name="call"/>; for each entry, whether it is accepted. Null
    /// where the server has shown no tool yet and this is but a part of its list: what is not in it would count as new later.
    /// </summary>
    /// <exception cref="PinsUnavailableException">It cannot be kept, so none is.</exception>
    public async ValueTask<bool[]?> ReviewAsync(CallFacts call, ToolListing listing, PinningMode mode, bool whole, CancellationToken cancellationToken)
    {
        if (mode == PinningMode.Off)
        {
            return [.. listing.Entries.Select(_ => true)];
        }

        ToolDefinition[] shown = [.. listing.Entries.OfType<ToolDefinition>()];
        var pins = await KnownAsync(call.Server, cancellationToken);
        if (mode == PinningMode.FirstUse && pins.IsEmpty && shown.Length > 0 && (listing.More || !whole))
        {
            pins = Know(call.Server, await store.ReadAsync(call.Server, cancellationToken));
            if (pins.IsEmpty)
            {
                return null;
            }
        }

        if (!pins.Plan(shown, mode).IsEmpty)
        {
            pins = Know(
                call.Server,
                await store.ChangeAsync(
                    call.Server, time.GetUtcNow(), known => known.Plan(shown, mode), SealText, (before, plan) => records.ShownAsync(call, before, plan, cancellationToken), cancellationToken));
        }

        return [.. listing.Entries.Select(e => e is not null && pins.Accepts(e))];
    }

    /// <summary>An admin's answer.</summary>
    /// <exception cref="PinsUnavailableException">It is not known to count.</exception>
    public async ValueTask<ToolDecided> DecideAsync(DecideTool decision, CancellationToken cancellationToken)
    {
        var words = decision.Reason.Trim();
        if (words.Length is 0 or > 1000)
        {
            return new ToolDecided { Accepted = false, Problem = "A reason of 1 to 1,000 characters is needed." };
        }

        if (decision.Accept && await store.FindAsync(decision.ToolId, cancellationToken) is { Row.Definition: null })
        {
            return new ToolDecided { Accepted = false, Problem = $"Its definition is larger than {ToolDefinition.MostBytes} bytes. Nobody can have read it, so it cannot be accepted." };
        }

        var by = decision.Decider.Name is { Length: > 0 } name ? name : decision.Decider.Subject;
        var state = decision.Accept ? ToolState.Accepted : ToolState.Refused;
        var row = await store.DecideAsync(
            decision.ToolId, state, by, seal.Seal(System.Text.Encoding.UTF8.GetBytes(words), decision.ToolId), time.GetUtcNow(),
            found => records.DecidedAsync(found, decision, words, cancellationToken), cancellationToken);
        if (row is null)
        {
            return new ToolDecided { Accepted = false, Problem = "There is no such tool." };
        }

        _known.TryRemove(row.Server, out _);
        return new ToolDecided { Accepted = true };
    }

    /// <summary>What the console shows.</summary>
    /// <exception cref="PinsUnavailableException">It cannot be read.</exception>
    public async ValueTask<ToolPage> ListAsync(ListTools request, CancellationToken cancellationToken)
    {
        if (request.ToolId is { } id)
        {
            return await store.FindAsync(id, cancellationToken) is { } found
                ? new ToolPage { Total = 1, Items = [await ItemAsync(found.Row, found.Accepted, cancellationToken)] }
                : new ToolPage { Total = 0, Items = [] };
        }

        var (total, rows) = await store.ListAsync(request.Waiting, Math.Max(0, request.Offset), Math.Clamp(request.Limit, 1, 200), cancellationToken);
        var items = new List<ToolItem>();
        foreach (var row in rows)
        {
            items.Add(await ItemAsync(row, null, cancellationToken));
        }

        return new ToolPage { Total = total, Items = [.. items] };
    }

    private static CallDecided Refuse(CallDecided decided, string reason) => decided with
    {
        Visible = true,
        Approval = null,
        Decision = decided.Decision with { Effect = CallEffect.Deny, Rule = Rule, Reason = reason, Masking = MaskingTerms.Strictest.Profile, Exempt = [] },
    };

    private async ValueTask<ToolItem> ItemAsync(PinRow row, PinRow? accepted, CancellationToken cancellationToken)
    {
        var pin = row.Pin;
        return new ToolItem
        {
            ToolId = row.Id,
            Server = row.Server,
            Tool = pin.Tool,
            Digest = pin.Digest,
            State = pin.State,
            Current = pin.Current,
            SeenAt = row.SeenAt,
            RenamedFrom = pin.State == ToolState.Accepted ? null : (await KnownAsync(row.Server, cancellationToken)).RenamedFrom(pin.Tool, pin.Shape),
            Suspicions = row.Suspicions,
            DecidedAt = row.DecidedAt,
            DecidedBy = row.DecidedBy,
            Reason = row.Reason,
            Definition = row.Definition,
            AcceptedDefinition = accepted?.Definition,
            AcceptedToolId = accepted?.Id,
        };
    }

    private SealedPayload? SealText(ToolDefinition tool) =>
        tool.Canonical.Length <= ToolDefinition.MostBytes ? seal.Seal(tool.Canonical, tool.Id) : null;

    private async ValueTask<ServerPins> KnownAsync(string server, CancellationToken cancellationToken) =>
        _known.TryGetValue(server, out var known) && time.GetElapsedTime(known.At) < Fresh
            ? known.Pins
            : Know(server, await store.ReadAsync(server, cancellationToken));

    private ServerPins Know(string server, ServerPins pins)
    {
        _known[server] = (pins, time.GetTimestamp());
        return pins;
    }

    private static partial class Log
    {
        [LoggerMessage(2030, LogLevel.Error, "Where tools stand cannot be read, so calls of tools are refused")]
        public static partial void Unavailable(ILogger logger, Exception exception);
    }
}
