using Chaperone.Ledger;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Witnessing;

/// <summary>All witnesses of this ledger; none unless configured.</summary>
internal sealed class WitnessCircle : IDisposable
{
    private readonly string _origin;

    public WitnessCircle(IOptions<RecorderOptions> options, TimeProvider time)
    {
        _origin = options.Value.Origin;
        Lines =
        [
            .. options.Value.Witnesses.Select(w => new WitnessLine(
                NoteKey.Parse(w.VerifierKey), OutboundHttp.Create(new Uri(w.Url), w.CaFile), options.Value.WitnessTimeout, time)),
        ];
    }

    /// <summary>A line to each.</summary>
    public IReadOnlyList<WitnessLine> Lines { get; }

    /// <summary>What each remembers of this ledger, unverified; those that do not say are left out. Takes no longer than one answer may.</summary>
    public async ValueTask<IReadOnlyList<(string Witness, byte[] Note)>> RecallAsync(CancellationToken cancellationToken)
    {
        var notes = await Task.WhenAll(Lines.Select(async line => (line.Name, Note: await line.ReadLastAsync(_origin, cancellationToken))));
        return [.. notes.Where(n => n.Note is not null).Select(n => (n.Name, n.Note!))];
    }

    public void Dispose()
    {
        foreach (var line in Lines)
        {
            line.Dispose();
        }
    }
}
