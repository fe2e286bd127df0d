using System.Text;
using Chaperone.Ledger;
using Chaperone.Recorder.Sequencing;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Publishing;

/// <summary>Says checkpoints in the log stream now and then: whoever keeps those lines elsewhere can hold the ledger against them later. A line has all that the signed note has.</summary>
internal sealed partial class CheckpointLines(LedgerLog log, LedgerGrowth growth, IOptions<RecorderOptions> options, TimeProvider time, ILogger<CheckpointLines> logger)
    : BackgroundService
{
    /// <summary>Says the checkpoint that is published now; its size, or -1 if there is none.</summary>
    public long Say(long last)
    {
        if (log.Last is not { } published || published.Size == last
            || SignedNote.TryParse(Encoding.UTF8.GetBytes(published.Note), out var note) != NoteFault.None || !Checkpoint.TryParse(note!.Text, out var checkpoint))
        {
            return last;
        }

        Log.Checkpoint(logger, checkpoint!.Origin, checkpoint.Head.Size, checkpoint.Head.Root, note.Signatures[0].ToString().TrimEnd());
        return published.Size;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var said = -1L;
        while (true)
        {
            await growth.WaitBeyondAsync(Math.Max(said, 0), options.Value.CheckpointLogEvery, stoppingToken);
            await Task.Delay(options.Value.CheckpointEvery, time, stoppingToken);
            var before = said;
            said = Say(said);
            await Task.Delay(said == before ? options.Value.CheckpointEvery : options.Value.CheckpointLogEvery, time, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6023, LogLevel.Information, "Checkpoint: {Origin} {Size} {Root} {Signature}")]
        public static partial void Checkpoint(ILogger logger, string origin, long size, MerkleHash root, string signature);
    }
}
