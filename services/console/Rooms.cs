using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Console;

/// <summary>Everything the console asks of other rooms; it has no state of its own.</summary>
internal sealed class Rooms(
    IAsk<ListApprovals, ApprovalPage> approvals,
    IAsk<DecideApproval, ApprovalAnswered> decide,
    IAsk<OpenCardLink, CardLinkOpened> link,
    IAsk<ListSessions, SessionPage> sessions,
    IAsk<ReadSession, SessionTranscript> transcript,
    IAsk<ReadIntegrity, IntegrityReport> integrity,
    IAsk<ReadPolicy, PolicyReport> policy,
    IAsk<ExplainCall, CallExplained> explain)
{
    private const string Retry = "Nothing was changed. Wait a moment and reload; if it stays away, tell whoever runs Chaperone that this room is down.";

    public Task<ApprovalPage> ListApprovalsAsync(ListApprovals request, CancellationToken cancellationToken) =>
        AskAsync(approvals, request, "approval", Retry, cancellationToken);

    public Task<ApprovalAnswered> DecideApprovalAsync(DecideApproval request, CancellationToken cancellationToken) =>
        AskAsync(decide, request, "approval", "It is not known whether your answer counted. Open the request again and look before you answer once more.", cancellationToken);

    public Task<CardLinkOpened> OpenCardLinkAsync(OpenCardLink request, CancellationToken cancellationToken) =>
        AskAsync(link, request, "approval", "The link may be used up by now. Open the request from the list of approvals.", cancellationToken);

    public Task<SessionPage> ListSessionsAsync(ListSessions request, CancellationToken cancellationToken) =>
        AskAsync(sessions, request, "recorder", Retry, cancellationToken);

    public Task<SessionTranscript> ReadSessionAsync(ReadSession request, CancellationToken cancellationToken) =>
        AskAsync(transcript, request, "recorder", Retry, cancellationToken);

    public Task<IntegrityReport> ReadIntegrityAsync(ReadIntegrity request, CancellationToken cancellationToken) =>
        AskAsync(
            integrity,
            request,
            "recorder",
            request.VerifyNow ? "A large store may take longer than a page can wait. Reload the page in a minute and look at the time of the last verification; 'chaperone verify' has no such limit." : Retry,
            cancellationToken);

    public Task<PolicyReport> ReadPolicyAsync(ReadPolicy request, CancellationToken cancellationToken) =>
        AskAsync(policy, request, "policy", Retry, cancellationToken);

    public Task<CallExplained> ExplainCallAsync(ExplainCall request, CancellationToken cancellationToken) =>
        AskAsync(explain, request, "policy", Retry, cancellationToken);

    private static async Task<TReply> AskAsync<TRequest, TReply>(
        IAsk<TRequest, TReply> ask, TRequest request, string room, string advice, CancellationToken cancellationToken)
        where TRequest : class
        where TReply : class
    {
        try
        {
            return await ask.AskAsync(request, cancellationToken);
        }
        catch (BusUnavailableException e)
        {
            throw new RoomAwayException(room, advice, e);
        }
    }
}
