using System.Diagnostics;
using Chaperone.Bus.Wire;
using Chaperone.Contracts;
using Microsoft.Extensions.Options;

namespace Chaperone.Bus.RabbitMq;

/// <summary>
/// Writes records to the quorum queue. A write returns when the broker confirmed it; everything else is a
/// <see cref="BusUnavailableException"/>, and then it is unknown whether the record was kept: the recorder drops a second
/// one by event id. Records that wait together travel as one message with one confirm.
/// </summary>
internal sealed class JournalWriter(JournalLine line, IOptions<BusOptions> options, TimeProvider time) : IJournal
{
    private readonly TimeSpan _limit = options.Value.JournalTimeout;
    private readonly int _largest = options.Value.MaxMessageBytes;

    public async ValueTask WriteAsync(RecordEntry entry, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var ok = false;
        var frame = Frame.Write(entry);
        var waiting = new WaitingRecord(frame);
        try
        {
            if (frame.Length > _largest - RecordGroup.Overhead - 1)
            {
                throw new BusUnavailableException($"The record has {frame.Length} bytes; Bus:MaxMessageBytes allows {_largest}.");
            }

            line.Add(waiting);
            await waiting.Settled.WaitAsync(_limit, time, cancellationToken);
            ok = true;
        }
        catch (TimeoutException e)
        {
            throw new BusUnavailableException($"The broker did not confirm the record within {_limit.TotalSeconds:0.#} s.", e);
        }
        finally
        {
            waiting.GiveUp();
            BusTelemetry.JournalDuration.Record(BusTelemetry.MillisecondsSince(start), BusTelemetry.Tags(entry.Kind.ToString(), ok));
        }
    }
}
