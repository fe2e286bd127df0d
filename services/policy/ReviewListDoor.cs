using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Policy.BreakGlass;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Lists;
using Chaperone.Policy.Pins;
using Chaperone.Policy.Reloading;
using Microsoft.Extensions.Options;

namespace Chaperone.Policy;

/// <summary>Takes out of a list answer what the caller may not know of, and tools that are not accepted.</summary>
internal sealed class ReviewListDoor(PolicyKeeper keeper, PinDesk pins, BreakGlassDesk breakGlass, IPayloadSeal seal, IOptions<PolicyOptions> options, TimeProvider time)
    : IDoor<ReviewList, ListReviewed>
{
    /// <inheritdoc/>
    public async ValueTask<ListReviewed> AnswerAsync(ReviewList request, CancellationToken cancellationToken)
    {
        var engine = keeper.Current;
        var answer = seal.Open(request.Answer, request.Call.CallId);
        bool[]? accepted = null;
        if (ToolListing.TryRead(request.Call.Server, answer) is { } listing)
        {
            try
            {
                var mode = engine.Document.Servers.TryGetValue(request.Call.Server, out var server) ? server.Pinning : PinningMode.Strict;
                accepted = await pins.ReviewAsync(request.Call, listing, mode, request.Whole, cancellationToken);
                if (accepted is null)
                {
                    return new ListReviewed { CallId = request.Call.CallId, Answer = null, Hidden = 0, NeedsWholeList = true };
                }
            }
            catch (PinsUnavailableException)
            {
                return new ListReviewed { CallId = request.Call.CallId, Answer = null, Hidden = 0 };
            }
        }

        var glass = await breakGlass.GlassOfAsync(engine, request.Call.Principal, cancellationToken);
        var filtered = ListFilter.Filter(answer, request.Call, engine, options.Value.ListTtlMilliseconds, time.GetUtcNow(), accepted, glass);
        return new ListReviewed
        {
            CallId = request.Call.CallId,
            Answer = filtered is null ? null : seal.Seal(filtered.Answer.Span, request.Call.CallId),
            Hidden = filtered?.Hidden ?? 0,
            Unaccepted = accepted?.Count(a => !a) ?? 0,
        };
    }
}
