using System.Security.Cryptography;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Doors;

/// <summary>Adds to a session found in the search what the client itself chose to say: it stands nowhere in clear, so it is read from the session's first sealed record.</summary>
internal sealed class SessionCards(ILedgerStore ledger, RecordOpener opener)
{
    public async ValueTask<SessionItem> CompleteAsync(SessionItem item, CancellationToken cancellationToken)
    {
        var records = await ledger.ReadSessionAsync(item.SessionId, 0, 1, cancellationToken);
        try
        {
            return records is [{ Header: { } header, Object: { } sealedObject }] && opener.Open(header, sealedObject).Entry.Call is { } call
                ? item with { ClientName = call.ClientName, Server = call.Server }
                : item;
        }
        catch (Exception e) when (e is CryptographicException or InvalidDataException)
        {
            // The list stays usable; verification names the damaged record.
            return item;
        }
    }
}
