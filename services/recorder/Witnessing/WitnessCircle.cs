using Chaperone.Ledger;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Witnessing;

/// <summary>All witnesses of this ledger; none unless configured.</summary>
internal sealed class WitnessCircle : IDisposable
{
    public WitnessCircle(IOptions<RecorderOptions> options, TimeProvider time)
    {
        Lines =
        [
            .. options.Value.Witnesses.Select(w => new WitnessLine(
                NoteKey.Parse(w.VerifierKey), OutboundHttp.Create(new Uri(w.Url), w.CaFile), options.Value.WitnessTimeout, time)),
        ];
    }

    /// <summary>A line to each.</summary>
    public IReadOnlyList<WitnessLine> Lines { get; }

    /// <summary>What each remembers of the logs with these origins, unverified; those that do not say are left out. Takes no longer than one answer may.</summary>
    public async ValueTask<IReadOnlyList<(string Witness, byte[] Note)>> RecallAsync(IReadOnlyList<string> origins, CancellationToken cancellationToken)
    {
        var notes = await Task.WhenAll(from line in Lines from origin in origins select AskAsync(line, origin, cancellationToken));
        return [.. notes.Where(n => n.Note is not null).Select(n => (n.Name, n.Note!))];
    }

    private static async Task<(string Name, byte[]? Note)> AskAsync(WitnessLine line, string origin, CancellationToken cancellationToken) =>
        (line.Name, await line.ReadLastAsync(origin, cancellationToken));

    public void Dispose()
    {
        foreach (var line in Lines)
        {
            line.Dispose();
        }
    }
}
