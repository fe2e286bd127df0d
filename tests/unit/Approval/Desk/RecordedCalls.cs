using System.Text;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>The recorder's side of a reveal: what the ledger holds of a call, and what was in the journal when it was asked.</summary>
internal sealed class RecordedCalls(IPayloadSeal seal, MemoryJournal journal) : IDoor<ReadRequest, RequestRead>
{
    public const string Raw = """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"delete_patient","arguments":{"mrn":"MRN-100001"}}}""";

    public ValueTask<RequestRead> AnswerAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        // Shown before it is recorded would be shown for nothing.
        Assert.Contains(journal.Entries, e => e.EventId == request.RevealEventId && e.Kind == RecordKind.Reveal && e.Call!.CallId == request.CallId);
        return ValueTask.FromResult(new RequestRead { Message = seal.Seal(Encoding.UTF8.GetBytes(Raw), request.CallId) });
    }
}
