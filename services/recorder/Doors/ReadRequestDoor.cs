using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Doors;

/// <summary>Answers with the message of a call as it came, sealed again for the bus. The asking room has recorded who is shown it, and why.</summary>
internal sealed class ReadRequestDoor(LedgerOpening opening, ILedgerStore ledger, RecordOpener opener, IPayloadSeal bus) : IDoor<ReadRequest, RequestRead>
{
    private const string Part = "request_raw";
    private const int Page = 500;

    public async ValueTask<RequestRead> AnswerAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        await opening.EnsureOpenAsync(cancellationToken);
        for (var from = 0L; ;)
        {
            var page = await ledger.ReadSessionAsync(request.SessionId, from, Page, cancellationToken);
            foreach (var record in page.Where(r => r is { Leaf.Kind: (int)RecordKind.Intent, Header: not null, Object: not null }))
            {
                if (opener.TryOpen(record, out _) is { IsShredded: false, Entry.Call.CallId: var call } && call == request.CallId
                    && opener.OpenPart(Part, record.Header!, record.Object!) is { } message)
                {
                    return new RequestRead { Message = bus.Seal(message, request.CallId) };
                }
            }

            if (page.Count < Page)
            {
                return new RequestRead();
            }

            from = page[^1].Leaf.Index + 1;
        }
    }
}
