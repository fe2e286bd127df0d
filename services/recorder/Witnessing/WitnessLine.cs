using System.Globalization;
using System.Net;
using System.Text;
using Chaperone.Ledger;

namespace Chaperone.Recorder.Witnessing;

/// <summary>The line to one witness. Asks for cosignatures one at a time, each within its limit.</summary>
/// <param name="key">The witness's key.</param>
/// <param name="client">HTTP to the witness's submission prefix.</param>
/// <param name="limit">Longest wait for one answer.</param>
/// <param name="time">For the limit.</param>
internal sealed class WitnessLine(NoteKey key, HttpClient client, TimeSpan limit, TimeProvider time) : IDisposable
{
    // A size that was asked for, and once more when another recorder was faster.
    private const int MostAttempts = 3;

    // Size of the last checkpoint it cosigned of each log, by origin, as far as we know; none makes it say so. Used by one question at a time.
    private readonly Dictionary<string, long> _known = new(StringComparer.Ordinal);

    /// <summary>Name of the witness's key.</summary>
    public string Name => key.Name;

    /// <summary>Size that it cosigned of a log for this process; 0 for none.</summary>
    public long KnownSize(string origin) => _known.GetValueOrDefault(origin);

    /// <summary>Asks for a cosignature of <paramref name="note"/>, proving from <paramref name="tree"/> that it extends what the witness has.</summary>
    /// <param name="note">The signed checkpoint.</param>
    /// <param name="origin">The log.</param>
    /// <param name="head">Its size and root.</param>
    /// <param name="tree">The published tiles, of the same size.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LedgerFaultException">The tiles are missing or do not have the root of <paramref name="head"/>: nothing can be proved from them.</exception>
    public async ValueTask<WitnessReply> SubmitAsync(SignedNote note, string origin, TreeHead head, TreeReader tree, CancellationToken cancellationToken)
    {
        var reply = new WitnessReply(WitnessOutcome.Away);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var old = Math.Min(KnownSize(origin), head.Size);
            reply = await AskAsync(note, new AddCheckpoint(old, await tree.ConsistencyProofAsync(old, cancellationToken), note.ToBytes()), cancellationToken);
            if (reply.Outcome != WitnessOutcome.OtherSize)
            {
                break;
            }

            if (reply.Size > head.Size)
            {
                return reply with { Outcome = WitnessOutcome.Ahead, Problem = $"{Name} has cosigned {reply.Size} records, and this checkpoint has only {head.Size}" };
            }

            // It refuses the size that it has: the roots differ.
            if (reply.Size == old)
            {
                return Fork(old);
            }

            _known[origin] = reply.Size;
        }

        if (reply.Outcome == WitnessOutcome.Cosigned)
        {
            _known[origin] = head.Size;
        }

        return reply;
    }

    /// <summary>The last checkpoint that it cosigned, verbatim and unverified; null where it does not say. Not part of the protocol: Chaperone's own witness answers.</summary>
    public async ValueTask<byte[]?> ReadLastAsync(string origin, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, "last-checkpoint?origin=" + Uri.EscapeDataString(origin)), cancellationToken);
        return answer is { StatusCode: HttpStatusCode.OK } ? await ReadAsync(answer, cancellationToken) : null;
    }

    public void Dispose() => client.Dispose();

    private async ValueTask<WitnessReply> AskAsync(SignedNote note, AddCheckpoint request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "add-checkpoint") { Content = new ByteArrayContent(request.ToBytes()) };
        using var answer = await SendAsync(message, cancellationToken);
        var body = answer is null ? null : await ReadAsync(answer, cancellationToken);
        if (answer is null || body is null)
        {
            return new WitnessReply(WitnessOutcome.Away, Problem: $"{Name} does not answer");
        }

        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK:
                return Cosigned(note, body);
            case HttpStatusCode.Conflict when TryReadSize(body, out var size):
                return new WitnessReply(WitnessOutcome.OtherSize, size, Problem: $"{Name} has cosigned {size} records");
            case HttpStatusCode.UnprocessableEntity:
                return Fork(request.OldSize);
            case HttpStatusCode.NotFound or HttpStatusCode.Forbidden:
                return new WitnessReply(WitnessOutcome.Away, Problem: $"{Name} does not watch this log with this key ({(int)answer.StatusCode}): give it the verifier key that stands in log.vkey, and --with-successors to watch the logs of later years, too");
            default:
                return new WitnessReply(WitnessOutcome.Away, Problem: $"{Name} answers {(int)answer.StatusCode}");
        }
    }

    private WitnessReply Fork(long size) =>
        new(WitnessOutcome.Fork, size, Problem: $"{Name} refuses this ledger: it cosigned {size} records that are not the first of these");

    // The lines are put behind the checkpoint, as the protocol advises: a foreign or wrong one does not count.
    private WitnessReply Cosigned(SignedNote note, byte[] body)
    {
        var known = SignedNote.TryParse([.. Encoding.UTF8.GetBytes(note.Text + "\n"), .. body], out var answered) == NoteFault.None
            ? answered!.Signatures.FirstOrDefault(signature => key.IsKeyOf(signature) && key.Verify(note.Text, signature))
            : null;
        return known is null
            ? new WitnessReply(WitnessOutcome.Away, Problem: $"{Name} answers with a signature that is not its key's")
            : new WitnessReply(WitnessOutcome.Cosigned, Signature: known);
    }

    private static bool TryReadSize(byte[] body, out long size)
    {
        size = 0;
        return body.Length is > 1 and < 32 && body[^1] == '\n'
            && long.TryParse(Encoding.ASCII.GetString(body.AsSpan(0, body.Length - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out size);
    }

    private async ValueTask<HttpResponseMessage?> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using var limited = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limited.Token, cancellationToken);
        try
        {
            return await client.SendAsync(message, both.Token);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    // The whole answer was read within the limit; what is longer than any honest one was refused by the client.
    private static async ValueTask<byte[]?> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return body.Length <= SignedNote.MaxBytes ? body : null;
    }
}
