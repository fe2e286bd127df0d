using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Publishing;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Store;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Sequencing;

/// <summary>
/// Opens the log of a new year: the open log is published to its end, and then, in one commit that the tree head fences, it is closed
/// with that checkpoint and the next log begins with a record that carries it over. Used by the sequencer's loop alone.
/// </summary>
/// <remarks>
/// Crash windows: before the commit the old log goes on, published a little further; after it the new log is open, whoever is told.
/// What keeps a rotation from happening never keeps a record: the old log goes on, and it is tried again.
/// </remarks>
/// <param name="store">The ledger.</param>
/// <param name="log">Publishes the open log to its end.</param>
/// <param name="sealer">Seals the record; asked when it is needed, for the sequencer runs and says what is wrong without keys, too.</param>
/// <param name="keyring">The sealer's keys; asked when they are needed.</param>
/// <param name="recent">Told of the record, as of any other.</param>
/// <param name="options">Whether to rotate.</param>
/// <param name="time">Says the year.</param>
/// <param name="logger">Told when a log is opened, and what kept it from being opened.</param>
internal sealed partial class LogRotation(
    ILedgerStore store, LedgerLog log, Func<RecordSealer> sealer, Func<Keyring> keyring, RecentRecords recent, IOptions<RecorderOptions> options, TimeProvider time, ILogger<LogRotation> logger)
{
    /// <summary>Member of the note of a carry-over record: the origin of the log that was closed.</summary>
    public const string NoteMember = "carry_over";

    private const int MostAttempts = 10;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    // Owned by the sequencer's loop: the year of the newest log this process knows of, and when the last try failed.
    private int _year;
    private long? _failed;

    /// <summary>Opens the log of this year if the open one is of an earlier year. The clock may go backwards: a log never does.</summary>
    /// <exception cref="RecordsNotKeptException">The store is refused.</exception>
    public async ValueTask TurnAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Rotation != LedgerRotation.Yearly || time.GetUtcNow().Year <= _year || (_failed is { } last && time.GetElapsedTime(last) < Again))
        {
            return;
        }

        try
        {
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                if (await TryTurnAsync(cancellationToken))
                {
                    _failed = null;
                    return;
                }
            }

            // Others append faster than the head is published; they will turn, too.
            _failed = time.GetTimestamp();
            Log.Postponed(logger, "others append meanwhile");
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException or TimeoutException or CryptographicException or RootAwayException or InvalidDataException)
        {
            _failed = time.GetTimestamp();
            Log.Postponed(logger, $"{e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>One try; false if another recorder appended between the last checkpoint and the lock on the head.</summary>
    private async ValueTask<bool> TryTurnAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await log.PublishAsync(cancellationToken);
        if (log.Published is not { } published || published.Open.Year >= now.Year || published.Last.Size == published.Open.First)
        {
            // Opened by another recorder, or there is nothing to carry over yet.
            _year = log.Published?.Open.Year ?? 0;
            return true;
        }

        var open = published.Open;
        _ = SignedNote.TryParse(Encoding.UTF8.GetBytes(published.Last.Note), out var note);
        _ = Checkpoint.TryParse(note!.Text, out var checkpoint);
        var closed = new ClosedLog(checkpoint!.Head, published.Last.Note);
        var entry = ToEntry(open, closed, now);
        await keyring().PrepareAsync([entry], cancellationToken);
        await using var append = await store.BeginAppendAsync(cancellationToken);
        if (append.Head.Log != open.Number || append.Head.Tree != closed.Head)
        {
            return false;
        }

        var record = sealer().Seal(entry, CarryOver.Of(checkpoint.Origin, closed.Head, closed.Note));
        var range = new CompactRange();
        range.Append(record.LeafHash);
        var first = append.Head.Size;
        var next = new YearLog(open.Number + 1, LogSeries.OriginOf(log.Key.Name, now.Year), now.Year, first, now);
        try
        {
            await append.RotateAsync(new LedgerHead(first + 1, range.Root(), range.ToBytes(), append.Head.Epoch, next.Number, first), record, next, closed, cancellationToken);
        }
        catch (HeadMovedException)
        {
            return false;
        }

        recent.Add(first, [record]);
        _year = now.Year;
        Log.Turned(logger, checkpoint.Origin, closed.Head.Size, closed.Head.Root, next.Origin);
        return true;
    }

    private static RecordEntry ToEntry(YearLog open, ClosedLog closed, DateTimeOffset now) => new()
    {
        EventId = Guid.CreateVersion7(now),
        Kind = RecordKind.Configuration,
        OccurredAt = now,
        Source = "recorder",
        Note = Encoding.UTF8.GetString(new CanonicalJson().BeginObject()
            .Member(NoteMember, closed.Note[..closed.Note.IndexOf('\n')]).Member("checkpoint", closed.Note).Member("log", open.Number).Member("root", closed.Head.Root.ToString()).Member("size", closed.Head.Size)
            .EndObject().ToArray()),
    };

    private static partial class Log
    {
        [LoggerMessage(6004, LogLevel.Information, "The log {Closed} is closed with {Size} records, root {Root}; {Opened} is open and carries that over.")]
        public static partial void Turned(ILogger logger, string closed, long size, MerkleHash root, string opened);

        [LoggerMessage(6005, LogLevel.Warning, "The log of the new year cannot be opened yet ({Cause}). Records are kept in the old one, and it is tried again.")]
        public static partial void Postponed(ILogger logger, string cause);
    }
}
