using System.Security.Cryptography;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Doors;

/// <summary>Answers with recorded calls of a period and their messages, sealed again for the bus. Who has them decided anew is recorded by the console before.</summary>
internal sealed class ReadCallsDoor(LedgerOpening opening, ILedgerStore ledger, ISearchStore search, RecordOpener opener, IPayloadSeal bus) : IDoor<ReadCalls, CallsRead>
{
    private const int MostRecords = 500;
    private const int MostBytes = 2 << 20;
    private const string Part = "request_raw";

    public async ValueTask<CallsRead> AnswerAsync(ReadCalls request, CancellationToken cancellationToken)
    {
        await opening.EnsureOpenAsync(cancellationToken);
        await search.OpenAsync(cancellationToken);
        var limit = Math.Clamp(request.Limit, 1, MostRecords);
        var found = await search.FindMessagesAsync(
            new MessageQuery { From = request.From, To = request.To, Before = request.Below ?? long.MaxValue, Limit = limit + 1 },
            cancellationToken);
        var (calls, unreadable, bytes) = (new List<StoredCall>(), 0, 0);
        for (var i = 0; i < found.Count; i++)
        {
            if (i == limit || bytes > MostBytes)
            {
                return new CallsRead { Calls = [.. calls], Unreadable = unreadable, Next = found[i - 1] };
            }

            if (await ledger.ReadRecordsAsync(found[i], 1, cancellationToken) is not [var record] || record.Leaf.Index != found[i] || record.Leaf.Kind != (int)RecordKind.Intent)
            {
                continue;
            }

            if (Open(record, out var size) is { } call)
            {
                calls.Add(call);
                bytes += size;
            }
            else
            {
                unreadable++;
            }
        }

        return new CallsRead { Calls = [.. calls], Unreadable = unreadable };
    }

    private StoredCall? Open(StoredRecord record, out int size)
    {
        size = 0;
        try
        {
            if (record is not { Header: { } header, Object: { } sealedObject } || opener.OpenFacts(header, sealedObject) is not { Call: { } call } facts)
            {
                return null;
            }

            var message = opener.OpenPart(Part, header, sealedObject);
            size = message?.Length ?? 0;
            return new StoredCall { Call = call, BreakGlass = facts.Decision?.BreakGlass, Message = message is null ? null : bus.Seal(message, call.CallId) };
        }
        catch (Exception e) when (e is CryptographicException or InvalidDataException)
        {
            // The others can still be compared; verification names the damaged record.
            return null;
        }
    }
}
