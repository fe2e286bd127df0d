using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Console;

/// <summary>Everything the console asks of other rooms; it has no state of its own.</summary>
internal sealed class Rooms(
    IAsk<ListApprovals, ApprovalPage> approvals,
    IAsk<DecideApproval, ApprovalAnswered> decide,
    IAsk<OpenCardLink, CardLinkOpened> link,
    IAsk<SeeApproval, ApprovalSeen> see,
    IAsk<RevealArguments, ArgumentsRevealed> revealArguments,
    IAsk<ReadJobs, JobsReport> jobs,
    IAsk<ListTools, ToolPage> tools,
    IAsk<DecideTool, ToolDecided> decideTool,
    IAsk<ListSessions, SessionPage> sessions,
    IAsk<ReadSession, SessionTranscript> transcript,
    IAsk<ReadIntegrity, IntegrityReport> integrity,
    IAsk<FindMessages, MessagePage> messages,
    IAsk<ListSearches, SearchList> searches,
    IAsk<KeepSearch, SearchKept> keepSearch,
    IAsk<ReadProof, RecordProof> proof,
    IAsk<RevealRecord, RecordRevealed> reveal,
    IAsk<MakeEvidence, EvidenceMade> evidence,
    IAsk<ReadEvidence, EvidencePiece> pieces,
    IAsk<ReadRetention, RetentionReport> retention,
    IAsk<ChangeRetention, RetentionChanged> changeRetention,
    IAsk<ReadBreakGlass, BreakGlassReport> breakGlass,
    IAsk<ChangeBreakGlass, BreakGlassChanged> changeBreakGlass,
    IAsk<ReadReviews, ReviewBoard> reviews,
    IAsk<ChangeReviews, ReviewsChanged> changeReviews,
    IAsk<NamePatient, PatientNamed> namePatient,
    IAsk<FindDisclosures, DisclosuresFound> disclosures,
    IAsk<ReadPolicy, PolicyReport> policy,
    IAsk<ExplainCall, CallExplained> explain,
    IAsk<TestPolicy, PolicyTested> test,
    IAsk<ComparePolicies, PoliciesCompared> compare)
{
    private const string Retry = "Nothing was changed. Wait a moment and reload; if it stays away, tell whoever runs Chaperone that this room is down.";

    public Task<ApprovalPage> ListApprovalsAsync(ListApprovals request, CancellationToken cancellationToken) =>
        AskAsync(approvals, request, "approval", Retry, cancellationToken);

    public Task<ApprovalAnswered> DecideApprovalAsync(DecideApproval request, CancellationToken cancellationToken) =>
        AskAsync(decide, request, "approval", "It is not known whether your answer counted. Open the request again and look before you answer once more.", cancellationToken);

    public Task<CardLinkOpened> OpenCardLinkAsync(OpenCardLink request, CancellationToken cancellationToken) =>
        AskAsync(link, request, "approval", "The link may be used up by now. Open the request from the list of approvals.", cancellationToken);

    public Task<ApprovalSeen> SeeApprovalAsync(SeeApproval request, CancellationToken cancellationToken) =>
        AskAsync(see, request, "approval", Retry, cancellationToken);

    public Task<ArgumentsRevealed> RevealArgumentsAsync(RevealArguments request, CancellationToken cancellationToken) =>
        AskAsync(revealArguments, request, "approval", "Nothing was shown. That you asked may be recorded.", cancellationToken);

    public Task<JobsReport> ReadJobsAsync(ReadJobs request, CancellationToken cancellationToken) =>
        AskAsync(jobs, request, "approval", Retry, cancellationToken);

    public Task<ToolPage> ListToolsAsync(ListTools request, CancellationToken cancellationToken) =>
        AskAsync(tools, request, "policy", Retry, cancellationToken);

    public Task<ToolDecided> DecideToolAsync(DecideTool request, CancellationToken cancellationToken) =>
        AskAsync(decideTool, request, "policy", "It is not known whether your answer counted. Open the tool again and look before you answer once more.", cancellationToken);

    public Task<SessionPage> ListSessionsAsync(ListSessions request, CancellationToken cancellationToken) =>
        AskAsync(sessions, request, "recorder", Retry, cancellationToken);

    public Task<SessionTranscript> ReadSessionAsync(ReadSession request, CancellationToken cancellationToken) =>
        AskAsync(transcript, request, "recorder", Retry, cancellationToken);

    public Task<MessagePage> FindMessagesAsync(FindMessages request, CancellationToken cancellationToken) =>
        AskAsync(messages, request, "recorder", Retry, cancellationToken);

    public Task<SearchList> ListSearchesAsync(ListSearches request, CancellationToken cancellationToken) =>
        AskAsync(searches, request, "recorder", Retry, cancellationToken);

    public Task<SearchKept> KeepSearchAsync(KeepSearch request, CancellationToken cancellationToken) =>
        AskAsync(keepSearch, request, "recorder", "It is not known whether the search was saved. Look at the list again.", cancellationToken);

    public Task<RecordProof> ReadProofAsync(ReadProof request, CancellationToken cancellationToken) =>
        AskAsync(proof, request, "recorder", Retry, cancellationToken);

    public Task<RecordRevealed> RevealRecordAsync(RevealRecord request, CancellationToken cancellationToken) =>
        AskAsync(reveal, request, "recorder", "Nothing is shown, because who sees it is recorded first. It may have been recorded all the same. Try again in a moment.", cancellationToken);

    public Task<IntegrityReport> ReadIntegrityAsync(ReadIntegrity request, CancellationToken cancellationToken) =>
        AskAsync(
            integrity,
            request,
            "recorder",
            request.VerifyNow ? "A large store may take longer than a page can wait. Reload the page in a minute and look at the time of the last verification; 'chaperone verify' has no such limit." : Retry,
            cancellationToken);

    public Task<EvidenceMade> MakeEvidenceAsync(MakeEvidence request, CancellationToken cancellationToken) =>
        AskAsync(evidence, request, "recorder", "Nothing was handed out. Wait a moment and make the bundle again.", cancellationToken);

    public Task<EvidencePiece> ReadEvidenceAsync(ReadEvidence request, CancellationToken cancellationToken) =>
        AskAsync(pieces, request, "recorder", "Nothing was handed out. Wait a moment and make the bundle again.", cancellationToken);

    public Task<RetentionReport> ReadRetentionAsync(ReadRetention request, CancellationToken cancellationToken) =>
        AskAsync(retention, request, "recorder", Retry, cancellationToken);

    public Task<RetentionChanged> ChangeRetentionAsync(ChangeRetention request, CancellationToken cancellationToken) =>
        AskAsync(changeRetention, request, "recorder", "It is not known whether it was done. Load the page and look before you try again.", cancellationToken);

    public Task<BreakGlassReport> ReadBreakGlassAsync(ReadBreakGlass request, CancellationToken cancellationToken) =>
        AskAsync(breakGlass, request, "policy", Retry, cancellationToken);

    public Task<BreakGlassChanged> ChangeBreakGlassAsync(ChangeBreakGlass request, CancellationToken cancellationToken) =>
        AskAsync(changeBreakGlass, request, "policy", "It is not known whether it was done. Open the page again and look before you try once more.", cancellationToken);

    public Task<ReviewBoard> ReadReviewsAsync(ReadReviews request, CancellationToken cancellationToken) =>
        AskAsync(reviews, request, "recorder", Retry, cancellationToken);

    public Task<ReviewsChanged> ChangeReviewsAsync(ChangeReviews request, CancellationToken cancellationToken) =>
        AskAsync(changeReviews, request, "recorder", "It is not known whether it was done. Load the page and look before you try again.", cancellationToken);

    public Task<PatientNamed> NamePatientAsync(NamePatient request, CancellationToken cancellationToken) =>
        AskAsync(namePatient, request, "masking", Retry, cancellationToken);

    public Task<DisclosuresFound> FindDisclosuresAsync(FindDisclosures request, CancellationToken cancellationToken) =>
        AskAsync(disclosures, request, "recorder", "Nothing was shown. That you asked may be recorded. A shorter period takes less time.", cancellationToken);

    public Task<PolicyReport> ReadPolicyAsync(ReadPolicy request, CancellationToken cancellationToken) =>
        AskAsync(policy, request, "policy", Retry, cancellationToken);

    public Task<CallExplained> ExplainCallAsync(ExplainCall request, CancellationToken cancellationToken) =>
        AskAsync(explain, request, "policy", Retry, cancellationToken);

    public Task<PolicyTested> TestPolicyAsync(TestPolicy request, CancellationToken cancellationToken) =>
        AskAsync(test, request, "policy", Retry, cancellationToken);

    public Task<PoliciesCompared> ComparePoliciesAsync(ComparePolicies request, CancellationToken cancellationToken) =>
        AskAsync(compare, request, "policy", "Nothing was changed. The recorder may be down, or the period too large: take a shorter one, or use 'chaperone policy diff'.", cancellationToken);

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
