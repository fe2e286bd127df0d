using Chaperone.Contracts;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>Several roles, each with a count; a reason where policy wants one; other roles after a while.</summary>
public abstract class SeatTests(IStoreUnderTest store)
{
    private static readonly Principal Privacy = People.Person("pia", "pia@clinic.example", "privacy");
    private static readonly Principal Both = People.Person("bo", "bo@clinic.example", "privacy", "clinicians");
    private static readonly Principal Doctor = People.Person("dora", "dora@clinic.example", "clinicians");
    private static readonly Principal Surgeon = People.Person("sam", "sam@clinic.example", "clinicians");
    private static readonly Principal Medic = People.Person("mo", "mo@clinic.example", "clinicians");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Attack: one person in both groups is one person.</summary>
    [Fact]
    public async Task Answer_OnePersonInTwoRoles_TakesOnePlace()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = await AskAsync(bench);

        var both = await bench.AnswerAsync(id, Both, yes: true, Token);
        var doctor = await bench.AnswerAsync(id, Doctor, yes: true, Token);
        var again = await bench.AnswerAsync(id, Both, yes: true, Token);
        var surgeon = await bench.AnswerAsync(id, Surgeon, yes: true, Token);

        Assert.Equal(ApprovalState.Pending, both.Status!.State);
        Assert.Equal(ApprovalState.Pending, doctor.Status!.State);
        Assert.False(again.Accepted);
        Assert.Equal((true, ApprovalState.Approved), (surgeon.Accepted, surgeon.Status!.State));
        Assert.Equal("3 of 3: 1 of 1 by role privacy, 2 of 2 by role clinicians", bench.Journal.Entries[^1].Note);
    }

    /// <summary>Who fits two roles gives a place up to somebody who fits one only.</summary>
    [Fact]
    public async Task Answer_InAnyOrder_FindsTheSeating()
    {
        foreach (var order in Orders([Both, Privacy, Doctor]))
        {
            await using var bench = await DeskBench.StartAsync(store, Token);
            var id = await AskAsync(bench);
            var answers = new List<ApprovalAnswered>();
            foreach (var person in order)
            {
                answers.Add(await bench.AnswerAsync(id, person, yes: true, Token));
            }

            Assert.All(answers, a => Assert.True(a.Accepted, a.Problem));
            Assert.Equal([ApprovalState.Pending, ApprovalState.Pending, ApprovalState.Approved], answers.Select(a => a.Status!.State));
        }
    }

    [Fact]
    public async Task Answer_ThirdOfARoleForTwo_IsToldWhoIsMissing()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = await AskAsync(bench);
        await bench.AnswerAsync(id, Doctor, yes: true, Token);
        await bench.AnswerAsync(id, Surgeon, yes: true, Token);

        var third = await bench.AnswerAsync(id, Medic, yes: true, Token);

        Assert.Equal(
            "APR-1 needs no other yes from your groups: it has 0 of 1 by role privacy, 2 of 2 by role clinicians. Somebody of the other role has to answer.",
            third.Problem);
        Assert.Equal(ApprovalState.Pending, (await bench.ShowAsync(id, Token)).Status.State);
        Assert.Equal(ApprovalState.Approved, (await bench.AnswerAsync(id, Privacy, yes: true, Token)).Status!.State);
    }

    [Fact]
    public async Task Answer_OneNoAmongSeveralRoles_DeniesAtOnce()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = await AskAsync(bench);
        await bench.AnswerAsync(id, Doctor, yes: true, Token);
        await bench.AnswerAsync(id, Surgeon, yes: true, Token);

        // The third clinician's yes would not count; a no does.
        Assert.Equal(ApprovalState.Denied, (await bench.AnswerAsync(id, Medic, yes: false, Token, "wrong patient")).Status!.State);
    }

    [Fact]
    public async Task Answer_YesWithoutTheReasonThatPolicyWants_DoesNotCount()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = await AskAsync(bench, r => r with { Seats = [r.Seats[0]], Approvals = 1, ReasonRequired = true });

        var silent = await bench.AnswerAsync(id, Privacy, yes: true, Token, " ");
        var spoken = await bench.AnswerAsync(id, Privacy, yes: true, Token, "asked the ward");

        Assert.Equal("A yes to APR-1 needs a reason: the policy says so. Write why, and answer again.", silent.Problem);
        Assert.Equal(ApprovalState.Approved, spoken.Status!.State);
    }

    [Fact]
    public async Task Answer_ByEscalationRole_CountsOnlyAfterItsTime()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var chief = People.Person("cleo", "cleo@clinic.example", "chiefs");
        var id = await AskAsync(bench, r => r with
        {
            Seats = [r.Seats[0]],
            Approvals = 1,
            Escalation = new ApprovalEscalation { After = TimeSpan.FromMinutes(5), Role = "chief", Groups = ["chiefs"] },
        });

        bench.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        var early = await bench.AnswerAsync(id, chief, yes: true, Token);
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        var late = await bench.AnswerAsync(id, chief, yes: true, Token);

        Assert.Equal("Only members of role privacy and 2 of clinicians can decide APR-1 (group privacy).", early.Problem);
        Assert.Equal((true, ApprovalState.Approved), (late.Accepted, late.Status!.State));
    }

    /// <summary>Property: an approval room that knows no seats lets nobody decide such a request.</summary>
    [Fact]
    public async Task Answer_SeatsNotKnown_NobodyCan()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = await AskAsync(bench, r => r with { Seats = [] });

        Assert.All(
            await Task.WhenAll(new[] { Privacy, Doctor, Both }.Select(p => bench.AnswerAsync(id, p, yes: true, Token))),
            a => Assert.False(a.Accepted));
    }

    private static async Task<string> AskAsync(DeskBench bench, Func<ApprovalRequirement, ApprovalRequirement>? change = null)
    {
        var asking = bench.Asking();
        var requirement = asking.Requirement with
        {
            Role = "privacy and 2 of clinicians",
            Groups = [],
            Approvals = 3,
            Seats = [new() { Role = "privacy", Groups = ["privacy"], Approvals = 1 }, new() { Role = "clinicians", Groups = ["clinicians"], Approvals = 2 }],
        };
        return (await bench.Desk.RequestAsync(asking with { Requirement = change?.Invoke(requirement) ?? requirement }, Token)).ApprovalId;
    }

    private static IEnumerable<Principal[]> Orders(Principal[] people) =>
        from a in people from b in people from c in people where a != b && b != c && a != c select new[] { a, b, c };
}
