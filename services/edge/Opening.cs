using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Edge.Authentication;

namespace Chaperone.Edge;

/// <summary>
/// Keeps the door shut until this edge can do what a call needs: a record of its own is durable, policy and masking have answered,
/// and the issuers' keys were asked for. Until then calls are refused at once and <c>/health/ready</c> says what is missing. Once
/// open it stays so: from then on each call finds out by itself.
/// </summary>
internal sealed partial class Opening(
    EdgeJournal journal,
    IAsk<ReviewList, ListReviewed> policy,
    IAsk<MaskResult, ResultMasked> masking,
    TokenGate gate,
    IPayloadSeal seal,
    EdgeNumbering numbering,
    TimeProvider time,
    ILogger<Opening> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // An issuer that is away keeps only its own people out.
    private static readonly TimeSpan KeysWithin = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _problem = "The edge has just started.";

    /// <summary>Null once calls are taken, else one PHI-free sentence.</summary>
    public string? Problem => _problem;

    /// <summary>Completes when calls are taken.</summary>
    public Task Opened => _opened.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var began = time.GetTimestamp();
        var keys = gate.FetchKeysAsync().WaitAsync(KeysWithin, time, stoppingToken);
        _problem = "No record of this edge was confirmed yet.";
        await journal.BeatAsync(stoppingToken);
        await UntilAsync("Policy has not answered yet", policy, EmptyList, stoppingToken);
        await UntilAsync("Masking has not answered yet", masking, EmptyRequest, stoppingToken);
        _problem = "The issuers' keys are being fetched.";
        await gate.RehearseAsync();
        await keys.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stoppingToken.ThrowIfCancellationRequested();
        _problem = null;
        _opened.SetResult();
        Log.Opened(logger, (long)time.GetElapsedTime(began).TotalMilliseconds);
    }

    private async Task UntilAsync<TRequest, TReply>(string missing, IAsk<TRequest, TReply> ask, Func<TRequest> request, CancellationToken cancellationToken)
        where TRequest : class
        where TReply : class
    {
        _problem = $"{missing}.";
        while (true)
        {
            try
            {
                await ask.AskAsync(request(), cancellationToken);
                return;
            }
            catch (BusUnavailableException e)
            {
                _problem = $"{missing}: {e.Message}";
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    /// <summary>A list of nothing, to be reviewed for nobody: policy keeps nothing of it.</summary>
    private ReviewList EmptyList()
    {
        var call = Nobodys();
        return new ReviewList { Call = call, Answer = seal.Seal("""{"jsonrpc":"2.0","id":0,"result":{}}"""u8, call.CallId) };
    }

    /// <summary>A message that says nothing, to be masked for nobody: it leads to no record and has no number.</summary>
    private MaskResult EmptyRequest()
    {
        var call = Nobodys();
        return new MaskResult
        {
            Call = call,
            Stamp = numbering.Unnumbered(),
            Purpose = MaskPurpose.Display,
            Decision = new DecisionFacts { Effect = CallEffect.Deny, Rule = "opening", PolicyDigest = string.Empty, Reason = "The edge has just started.", Masking = "safe-harbor" },
            Payload = seal.Seal("""{"jsonrpc":"2.0","id":0,"method":"ping"}"""u8, call.CallId),
        };
    }

    private CallFacts Nobodys()
    {
        var now = time.GetUtcNow();
        return new CallFacts
        {
            CallId = Guid.CreateVersion7(now),
            SessionId = Guid.CreateVersion7(now),
            Principal = new Principal { Issuer = "chaperone", Subject = "edge", Groups = [], ClientId = string.Empty },
            ProtocolVersion = Mcp.ProtocolRevision.Assumed,
            Server = string.Empty,
            Method = "ping",
            ReceivedAt = now,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(1401, LogLevel.Information, "Calls are taken, {Milliseconds} ms after the start: records are kept, policy and masking answer")]
        public static partial void Opened(ILogger logger, long milliseconds);
    }
}
