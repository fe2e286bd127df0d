using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Saved;

namespace Chaperone.Recorder.Doors;

/// <summary>Keeps or forgets a person's saved search; sealed anew, because the bus's key is not for what stays.</summary>
internal sealed class KeepSearchDoor(ISavedSearches saved, SearchSealer sealer, IPayloadSeal bus, TimeProvider time) : IDoor<KeepSearch, SearchKept>
{
    /// <summary>Saved searches that a person may have.</summary>
    public const int Most = 100;

    private const int LongestContent = 8 * 1024;

    public async ValueTask<SearchKept> AnswerAsync(KeepSearch request, CancellationToken cancellationToken)
    {
        var owner = SearchSealer.OwnerOf(request.Owner);
        if (request.Content is null)
        {
            await saved.ForgetAsync(owner, request.SearchId, cancellationToken);
            return new SearchKept { Kept = true };
        }

        var content = bus.Open(request.Content, request.SearchId);
        if (content.Length > LongestContent)
        {
            return new SearchKept { Kept = false, Problem = $"The search has {content.Length} bytes; at most {LongestContent} are kept. Shorten it." };
        }

        return await saved.TryKeepAsync(await sealer.SealAsync(request.SearchId, owner, content, time.GetUtcNow(), cancellationToken), Most, cancellationToken)
            ? new SearchKept { Kept = true }
            : new SearchKept { Kept = false, Problem = $"You have {Most} saved searches already. Delete one first." };
    }
}
