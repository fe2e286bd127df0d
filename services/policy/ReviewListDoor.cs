using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Policy.Lists;
using Chaperone.Policy.Reloading;
using Microsoft.Extensions.Options;

namespace Chaperone.Policy;

/// <summary>Takes out of a list answer what the caller may not know of.</summary>
internal sealed class ReviewListDoor(PolicyKeeper keeper, IPayloadSeal seal, IOptions<PolicyOptions> options, TimeProvider time)
    : IDoor<ReviewList, ListReviewed>
{
    /// <inheritdoc/>
    public ValueTask<ListReviewed> AnswerAsync(ReviewList request, CancellationToken cancellationToken)
    {
        var answer = seal.Open(request.Answer, request.Call.CallId);
        var filtered = ListFilter.Filter(answer, request.Call, keeper.Current, options.Value.ListTtlMilliseconds, time.GetUtcNow());
        return ValueTask.FromResult(new ListReviewed
        {
            CallId = request.Call.CallId,
            Answer = filtered is null ? null : seal.Seal(filtered.Answer.Span, request.Call.CallId),
            Hidden = filtered?.Hidden ?? 0,
        });
    }
}
