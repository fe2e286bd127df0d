using System.Text;
using Chaperone.Contracts;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>What people and edges do at the desk.</summary>
internal static class DeskActs
{
    public const string MaskedText = """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"delete_patient","arguments":{"mrn":"[MRN]"}}}""";

    public static readonly string Binding = new('a', 64);
    public static readonly string OtherBinding = new('b', 64);

    public static CallFacts Call(this DeskBench bench, Principal? who = null) => new()
    {
        CallId = Guid.CreateVersion7(bench.Time.GetUtcNow()),
        SessionId = Guid.CreateVersion7(bench.Time.GetUtcNow()),
        Principal = who ?? People.Engineer,
        ProtocolVersion = "2026-07-28",
        Server = "clinic",
        Method = "tools/call",
        Target = "delete_patient",
        RequestId = "7",
        ReceivedAt = bench.Time.GetUtcNow(),
    };

    public static Task<ApprovalStatus> AskAsync(
        this DeskBench bench, CancellationToken cancellationToken, Principal? who = null, string? binding = null, int approvals = 1, TimeSpan? wait = null, string[]? groups = null) =>
        bench.Desk.RequestAsync(bench.Asking(who, binding, approvals, wait, groups), cancellationToken);

    public static RequestApproval Asking(
        this DeskBench bench, Principal? who = null, string? binding = null, int approvals = 1, TimeSpan? wait = null, string[]? groups = null)
    {
        var call = bench.Call(who);
        return new RequestApproval
        {
            Call = call,
            BindingDigest = binding ?? Binding,
            ToolDefinitionDigest = "absent",
            Decision = new DecisionFacts
            {
                Effect = CallEffect.Hold,
                Rule = "destructive-needs-approval",
                PolicyDigest = new string('c', 64),
                Reason = "Needs approval.",
                Masking = "safe-harbor",
            },
            Requirement = new ApprovalRequirement
            {
                Role = "admin-write",
                Groups = groups ?? ["admin-write"],
                Approvals = approvals,
                ExpiresAfter = wait ?? TimeSpan.FromMinutes(10),
            },
            MaskedRequest = bench.Seal.Seal(Encoding.UTF8.GetBytes(MaskedText), call.CallId),
        };
    }

    public static Task<ApprovalAnswered> AnswerAsync(
        this DeskBench bench, string id, Principal who, bool yes, CancellationToken cancellationToken, string? reason = null, string channel = "console") =>
        bench.Desk.DecideAsync(
            new DecideApproval { ApprovalId = id, Decider = who, Approve = yes, Reason = reason, Channel = channel }, cancellationToken);

    public static Task<ApprovalClaimed> ClaimAsync(
        this DeskBench bench, string id, CancellationToken cancellationToken, Principal? who = null, string? binding = null) =>
        bench.Desk.ClaimAsync(
            new ClaimApproval { ApprovalId = id, Call = bench.Call(who), BindingDigest = binding ?? Binding }, cancellationToken);

    public static Task<ApprovalStatus> WithdrawAsync(this DeskBench bench, string id, CancellationToken cancellationToken, Principal? who = null) =>
        bench.Desk.WithdrawAsync(new WithdrawApproval { ApprovalId = id, Call = bench.Call(who) }, cancellationToken);

    public static async Task<ApprovalItem> ShowAsync(this DeskBench bench, string id, CancellationToken cancellationToken) =>
        Assert.Single((await bench.Desk.ListAsync(new ListApprovals { Pending = true, ApprovalId = id }, cancellationToken)).Items);
}
