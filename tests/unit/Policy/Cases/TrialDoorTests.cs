using System.Text;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Policy.Cases;
using Microsoft.Extensions.Time.Testing;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Cases;

/// <summary>Policies that are tried beside the one in force.</summary>
public sealed class TrialDoorTests
{
    private const string Reads = "  - { name: reads, match: { role: nurse, tool: 'get_*' }, effect: allow }\n";
    private const string InForce = Head + Reads;
    private const string NoSsn = "  - { name: no-ssn, match: { tool: get_patient, arguments: { ssn: '^[0-9-]+$' } }, effect: deny }\n";
    private const string OneCase = "cases:\n- { name: nurses read, as: ann(nurses), server: clinic, call: { tool: get_patient, arguments: { ssn: 1-2 } }, expect: { effect: allow } }\n";

    private static readonly Guid Id = Guid.Parse("01980000-0000-7000-8000-0000000000aa");
    private static readonly FakeSeal Seal = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Test_PolicyInForceAndDraft_SayWhatDiffers()
    {
        await using var room = await StartAsync(InForce);
        var door = new TestPolicyDoor(Desk(room));

        var passed = await door.AnswerAsync(Request(OneCase), Token);
        var failed = await door.AnswerAsync(Request(OneCase, InForce + NoSsn), Token);

        Assert.Equal((room.Keeper.Current.Document.Digest, "nurses read", null), (passed.Digest, passed.Results.Single().Name, passed.Results.Single().Differs));
        Assert.Equal("expected allow, is deny by no-ssn", failed.Results.Single().Differs);
        Assert.NotEqual(passed.Digest, failed.Digest);
    }

    /// <summary>A draft of the main file only: the others are there as they are in force.</summary>
    [Fact]
    public async Task Test_DraftWithIncludes_TakesThemFromTheVersionInForce()
    {
        var main = Head.Replace("rules:", "include: [more.yaml]\nrules:", StringComparison.Ordinal);
        await using var room = new PolicyRoom(main + "  []\n");
        await File.WriteAllTextAsync(Path.Combine(room.Folder, "more.yaml"), "version: 1\nrules:\n" + Reads, Token);
        await room.StartAsync();

        var tested = await new TestPolicyDoor(Desk(room)).AnswerAsync(Request(OneCase, main + NoSsn), Token);

        Assert.Empty(tested.Problems);
        Assert.Equal("expected allow, is deny by no-ssn", tested.Results.Single().Differs);
    }

    [Theory]
    [InlineData("version: 1\nrulez: []\n", OneCase, "rulez")]
    [InlineData(null, "version: 1", "is no file of cases")]
    [InlineData(null, "cases: 3", "must be a list")]
    [InlineData(null, "cases:\n- { name: a, as: 'ann(', server: clinic, call: { tool: a }, expect: { effect: allow } }", "no name with groups")]
    [InlineData(null, "cases:\n- { name: a, as: ann, server: clinic, call: { tool: a }, expect: { effect: perhaps } }", "is no effect")]
    [InlineData(null, "cases: [\u0000", "cases.yaml")]
    [InlineData(null, "a: &a [*a, *a]", "cases.yaml")]
    public async Task Test_WhatCannotBeRead_IsSaidAndNothingRuns(string? draft, string cases, string said)
    {
        await using var room = await StartAsync(InForce);

        var tested = await new TestPolicyDoor(Desk(room)).AnswerAsync(Request(cases, draft), Token);

        Assert.Contains(tested.Problems, p => p.Contains(said, StringComparison.Ordinal));
        Assert.Empty(tested.Results);
    }

    [Fact]
    public async Task Test_ManyCasesOrLongOnes_AreRefused()
    {
        await using var room = await StartAsync(InForce);
        var door = new TestPolicyDoor(Desk(room));
        var many = "cases:\n" + string.Concat(Enumerable.Repeat(OneCase["cases:\n".Length..], 1001));

        Assert.Contains("1001 cases", (await door.AnswerAsync(Request(many), Token)).Problems.Single(), StringComparison.Ordinal);
        Assert.NotEmpty((await door.AnswerAsync(Request("# " + new string('x', 1 << 20) + "\n" + OneCase), Token)).Problems);
    }

    /// <summary>Attack: keeping the policy room busy with trials until decisions are late.</summary>
    [Fact]
    public async Task Trials_TwoAtATime_TheSecondIsRefused()
    {
        await using var room = await StartAsync(InForce);
        var desk = Desk(room);
        var (under, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = desk.RunAsync(
            async _ =>
            {
                under.SetResult();
                await release.Task;
                return "done";
            },
            Token);
        await under.Task;

        var refused = await new TestPolicyDoor(desk).AnswerAsync(Request(OneCase), Token);
        release.SetResult();

        Assert.Equal(TrialDesk.Busy, refused.Problems.Single());
        Assert.Equal("done", await first);
        Assert.Single((await new TestPolicyDoor(desk).AnswerAsync(Request(OneCase), Token)).Results);
    }

    [Fact]
    public async Task Compare_RecordedCalls_TellsWhatChangesAndNoArgument()
    {
        await using var room = await StartAsync(InForce);
        var calls = new[] { Stored(1, "get_patient", "123-45-6789"), Stored(2, "get_patient", "x"), Stored(3, "drop", "123-45-6789"), Stored(1, "get_patient", "123-45-6789") };

        var compared = await Compare(room, new FakeRecorder([new CallsRead { Calls = calls, Unreadable = 1 }])).AnswerAsync(
            new ComparePolicies { RequestId = Id, Draft = Seal.Seal(Encoding.UTF8.GetBytes(InForce + NoSsn), Id) }, Token);

        Assert.Empty(compared.Problems);
        Assert.Equal((3, 0, 1, null), (compared.Calls, compared.WithoutMessage, compared.Unreadable, compared.Next));
        var difference = Assert.Single(compared.Differences);
        Assert.Equal((calls[0].Call.CallId, "get_patient", CallEffect.Allow, "reads", CallEffect.Deny, "no-ssn"), (difference.CallId, difference.Target, difference.Was.Effect, difference.Was.Rule, difference.Becomes.Effect, difference.Becomes.Rule));
        Assert.DoesNotContain("123-45", System.Text.Json.JsonSerializer.Serialize(compared), StringComparison.Ordinal);
    }

    /// <summary>URIs of resources can hold what is about a patient.</summary>
    [Fact]
    public async Task Compare_Resources_AreNotNamed()
    {
        await using var room = await StartAsync(InForce);
        var call = Call("resources/read", "ehr://patients/jane-roe") with { CallId = Guid.CreateVersion7() };
        var stored = new StoredCall { Call = call, Message = Seal.Seal(Message(call), call.CallId) };
        var draft = InForce + "  - { name: charts, match: { resource: 'ehr://**' }, effect: allow }\n";

        var compared = await Compare(room, new FakeRecorder([new CallsRead { Calls = [stored] }])).AnswerAsync(new ComparePolicies { RequestId = Id, Draft = Seal.Seal(Encoding.UTF8.GetBytes(draft), Id) }, Token);

        Assert.Equal(("resources/read", null), (compared.Differences.Single().Method, compared.Differences.Single().Target));
        Assert.DoesNotContain("jane", System.Text.Json.JsonSerializer.Serialize(compared), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_TimeIsOver_SaysWhereToGoOn()
    {
        await using var room = await StartAsync(InForce);
        var time = new FakeTimeProvider();
        var recorder = new FakeRecorder([new CallsRead { Calls = [Stored(1, "get_patient", "1")], Next = 70 }, new CallsRead { Calls = [Stored(2, "get_patient", "1")], Next = 30 }, new CallsRead { Calls = [] }])
        {
            OnAsked = asked => time.Advance(asked == 1 ? TimeSpan.Zero : TrialDesk.Longest + TimeSpan.FromSeconds(1)),
        };

        var compared = await Compare(room, recorder, time).AnswerAsync(new ComparePolicies { RequestId = Id, After = room.Keeper.Current.Document.Digest, From = DateTimeOffset.UnixEpoch, Below = 100 }, Token);

        Assert.Equal((2, 30), (compared.Calls, compared.Next));
        Assert.Equal([100, 70], recorder.Asked.Select(a => a.Below));
        Assert.All(recorder.Asked, a => Assert.Equal(DateTimeOffset.UnixEpoch, a.From));
    }

    [Fact]
    public async Task Compare_VersionThatIsNotKept_ReadsNoRecord()
    {
        await using var room = await StartAsync(InForce);
        var recorder = new FakeRecorder([]);

        var compared = await Compare(room, recorder).AnswerAsync(new ComparePolicies { RequestId = Id, Before = new string('0', 64) }, Token);

        Assert.Contains("is not kept", compared.Problems.Single(), StringComparison.Ordinal);
        Assert.Empty(recorder.Asked);
    }

    private static async Task<PolicyRoom> StartAsync(string yaml)
    {
        var room = new PolicyRoom(yaml);
        await room.StartAsync();
        return room;
    }

    private static TrialDesk Desk(PolicyRoom room, TimeProvider? time = null) => new(room.Versions, Seal, time ?? TimeProvider.System);

    private static ComparePoliciesDoor Compare(PolicyRoom room, FakeRecorder recorder, TimeProvider? time = null) => new(Desk(room, time), room.Tools, recorder, Seal);

    private static TestPolicy Request(string cases, string? draft = null) => new()
    {
        RequestId = Id,
        Cases = Seal.Seal(Encoding.UTF8.GetBytes(cases), Id),
        Draft = draft is null ? null : Seal.Seal(Encoding.UTF8.GetBytes(draft), Id),
    };

    private static StoredCall Stored(int number, string tool, string ssn)
    {
        var call = Call("tools/call", tool) with { CallId = new Guid(number, 0, 0, new byte[8]) };
        return new StoredCall { Call = call, Message = Seal.Seal(Message(call, $$"""{"ssn":"{{ssn}}"}"""), call.CallId) };
    }

    private sealed class FakeRecorder(CallsRead[] pages) : IAsk<ReadCalls, CallsRead>
    {
        public List<ReadCalls> Asked { get; } = [];

        public Action<int>? OnAsked { get; init; }

        public ValueTask<CallsRead> AskAsync(ReadCalls request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Asked.Add(request);
            OnAsked?.Invoke(Asked.Count);
            return ValueTask.FromResult(pages[Asked.Count - 1]);
        }
    }
}
