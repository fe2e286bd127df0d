using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Doors;

/// <summary>
/// Shows the sealed parts of one record: who saw what and why is committed to the ledger first, here and not in the console, so
/// that no road around it exists (45 CFR 164.312(b)). The reason stays sealed, for it may name a patient. A record that
/// cannot be kept throws, and nothing is shown.
/// </summary>
internal sealed class RevealRecordDoor(LedgerOpening opening, ILedgerStore ledger, RecordOpener opener, IRecordKeeper keeper, IPayloadSeal bus, TimeProvider time)
    : IDoor<RevealRecord, RecordRevealed>
{
    private const int ShortestReason = 10;
    private const int LongestReason = 500;

    public async ValueTask<RecordRevealed> AnswerAsync(RevealRecord request, CancellationToken cancellationToken)
    {
        await opening.EnsureOpenAsync(cancellationToken);
        var reason = Encoding.UTF8.GetString(bus.Open(request.Reason, request.EventId)).Trim();
        if (reason.Length is < ShortestReason or > LongestReason)
        {
            return Nothing($"The reason has {reason.Length} characters: give {ShortestReason} to {LongestReason}.");
        }

        if (await ledger.ReadRecordsAsync(request.Index, 1, cancellationToken) is not [{ Header: { } header, Object: { } sealedObject } record]
            || record.Leaf.Index != request.Index || record.Leaf.EventId != request.EventId)
        {
            return Nothing("There is no such record.");
        }

        var revealId = Guid.CreateVersion7(time.GetUtcNow());
        RecordPart[] parts;
        RecordEntry about;
        try
        {
            about = opener.Open(header, sealedObject).Entry;
            parts = [.. Open(header, sealedObject, request.EventId)];
        }
        catch (ShreddedException)
        {
            return Nothing("The messages of this record were shredded: their key was destroyed by an order that the ledger holds.");
        }
        catch (Exception e) when (e is CryptographicException or InvalidDataException)
        {
            return Nothing("The record does not open: it was altered, or its key is not in the recorder's key file. Run 'chaperone verify'.");
        }

        if (parts.Length == 0)
        {
            return Nothing("Nothing of this record is sealed.");
        }

        await keeper.KeepAsync([Record(request, revealId, about, parts, reason)], cancellationToken);
        return new RecordRevealed { Parts = parts, RevealId = revealId };
    }

    private IEnumerable<RecordPart> Open(byte[] header, byte[] sealedObject, Guid eventId)
    {
        foreach (var part in RecordHeader.Read(header).Parts.Where(RecordOpener.IsReadable))
        {
            var plaintext = opener.OpenPart(part.Name, header, sealedObject)!;
            var content = bus.Seal(plaintext, eventId);
            CryptographicOperations.ZeroMemory(plaintext);
            yield return new RecordPart { Name = part.Name, MediaType = part.MediaType, Searchable = false, Content = content };
        }
    }

    private RecordEntry Record(RevealRecord request, Guid revealId, RecordEntry about, RecordPart[] parts, string reason) => new()
    {
        EventId = revealId,
        Kind = RecordKind.Reveal,
        OccurredAt = time.GetUtcNow(),
        Source = "recorder",
        Call = about.Call,
        Actor = request.Actor,
        Note = $"showed {string.Join(", ", parts.Select(p => p.Name))} of record {request.Index} ({request.EventId})",
        Parts = [new RecordPart { Name = "reason", MediaType = "text/plain", Searchable = false, Content = bus.Seal(Encoding.UTF8.GetBytes(reason), revealId) }],
    };

    private static RecordRevealed Nothing(string problem) => new() { Problem = problem };
}
