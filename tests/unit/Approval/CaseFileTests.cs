using Chaperone.Approval.Tests.Desk;
using Chaperone.Contracts;
using FsCheck.Xunit;

namespace Chaperone.Approval.Tests;

/// <summary>The state machine under any sequence of acts.</summary>
public sealed class CaseFileTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private static readonly Principal[] Everybody =
    [
        People.Engineer,
        People.Ann,
        People.Bob,
        People.Cid,
        People.Nurse,
        People.Engineer with { Groups = ["admin-write"] },
        People.Person("ann-again", "ANN@clinic.example", "admin-write"),
    ];

    /// <summary>Property: used at most once, and only after enough different people of the group, none of them the requester, said yes and nobody no, in time.</summary>
    [Property(MaxTest = 500)]
    public void Acts_AnySequence_KeepInvariant6(byte[]? acts, byte needed)
    {
        var approvals = 1 + (needed % 3);
        var found = Opened(approvals);
        var now = Start;
        var used = 0;
        foreach (var act in acts ?? [])
        {
            now += TimeSpan.FromSeconds(act % 7 * 20);
            var file = new CaseFile(found, now, TimeSpan.FromMinutes(2));
            var who = Everybody[act / 8 % Everybody.Length];
            switch (act % 8)
            {
                case <= 3: file.Answer(new DecideApproval { ApprovalId = found.Id, Decider = who, Approve = true, Channel = "console" }); break;
                case 4: file.Answer(new DecideApproval { ApprovalId = found.Id, Decider = who, Approve = false, Channel = "console" }); break;
                case 5: file.Withdraw(who, found.Call); break;
                case 6: used += file.Claim(Claim(found, who)) is null ? 1 : 0; break;
                default: file.Lapse(); break;
            }

            Assert.True(MayFollow(found.State, file.Case.State), $"{found.State} became {file.Case.State}");
            Assert.True(file.Case == found || file.Records.Count > 0, "A change left no record.");
            found = file.Case;
        }

        Assert.InRange(used, 0, 1);
        Assert.Equal(used == 1, found.State == ApprovalState.Used);
        if (found.State is ApprovalState.Used or ApprovalState.Approved)
        {
            Assert.Equal(approvals, found.Votes.Count);
            Assert.All(found.Votes, v => Assert.True(v.Approve && v.Decider.Groups.Contains("admin-write")));
            Assert.All(found.Votes, v => Assert.False(v.Decider.IsSamePerson(People.Engineer)));
            Assert.Equal(approvals, found.Votes.Select(v => v.Decider.Email!.ToUpperInvariant()).Distinct().Count());
        }
    }

    private static bool MayFollow(ApprovalState from, ApprovalState to) => from == to || (from, to) is
        (ApprovalState.Pending, ApprovalState.Approved or ApprovalState.Denied or ApprovalState.Expired or ApprovalState.Withdrawn)
        or (ApprovalState.Approved, ApprovalState.Used or ApprovalState.Expired or ApprovalState.Withdrawn);

    private static ClaimApproval Claim(ApprovalCase found, Principal who) =>
        new() { ApprovalId = found.Id, Call = found.Call with { Principal = who }, BindingDigest = found.BindingDigest };

    private static ApprovalCase Opened(int approvals) => new()
    {
        Number = 1,
        Call = new CallFacts
        {
            CallId = Guid.Empty,
            SessionId = Guid.Empty,
            Principal = People.Engineer,
            ProtocolVersion = "2026-07-28",
            Server = "clinic",
            Method = "tools/call",
            ReceivedAt = Start,
        },
        BindingDigest = DeskActs.Binding,
        ToolDefinitionDigest = "absent",
        Decision = new DecisionFacts { Effect = CallEffect.Hold, Rule = "r", PolicyDigest = "p", Reason = "x", Masking = "safe-harbor" },
        Requirement = new ApprovalRequirement { Role = "admin-write", Groups = ["admin-write"], Approvals = approvals, ExpiresAfter = TimeSpan.FromMinutes(5) },
        RequestedAt = Start,
        ExpiresAt = Start.AddMinutes(5),
        State = ApprovalState.Pending,
    };
}
