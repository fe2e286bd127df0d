using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Integration.Tests.Bus;

/// <summary>Approvals, console queries and events, over a real broker.</summary>
public sealed class ColdLaneTests(SharedRabbitMq shared) : IAsyncLifetime
{
    private static readonly ApprovalStatus Approved = new()
    {
        ApprovalId = "APR-7",
        State = ApprovalState.Approved,
        ExpiresAt = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.FromHours(1)),
        Reason = "fine",
    };

    private BusVhost _vhost = null!;

    public async ValueTask InitializeAsync() => _vhost = await BusVhost.CreateAsync(shared);

    public ValueTask DisposeAsync()
    {
        _vhost.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Ask_PageWithSealedBytes_ComesBackUnchanged()
    {
        var page = new ApprovalPage { Total = 1, Items = [] };
        TestRoom? desk = null;
        await using var room = desk = await DeskAsync((r, _) =>
        {
            var call = Samples.Call();
            page = new ApprovalPage
            {
                Total = r.Offset,
                Items =
                [
                    new ApprovalItem
                    {
                        Status = Approved,
                        Call = call,
                        Decision = Samples.Allowed(Samples.Evaluate(desk!.Seal, "{}"u8)).Decision,
                        Requirement = new ApprovalRequirement { Role = "admin", Groups = ["a", "b"], Approvals = 2, ExpiresAfter = TimeSpan.FromMinutes(10) },
                        BindingDigest = "00",
                        MaskedRequest = desk.Seal.Seal("{\"a\":1}"u8, call.CallId),
                        RequestedAt = Approved.ExpiresAt,
                        Votes = [],
                    },
                ],
            };
            return ValueTask.FromResult(page);
        });
        await using var console = await ConsoleAsync();

        var got = await AskAsync(console, new ListApprovals { Pending = true, Offset = 41 });

        var item = Assert.Single(got.Items);
        Assert.Equal(41, got.Total);
        Assert.Equivalent(page, got);
        Assert.Equal("{\"a\":1}"u8, console.Seal.Open(item.MaskedRequest, item.Call.CallId));
    }

    [Fact]
    public async Task Ask_NoWorker_FailsLongBeforeTheLimit()
    {
        await using var console = await ConsoleAsync(("Bus:ColdTimeout", "00:01:00"));

        var e = await Assert.ThrowsAsync<BusUnavailableException>(() => AskAsync(console, new ListApprovals { Pending = true }));

        Assert.Contains("Nobody answers ListApprovals", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_DoorThrows_FailsWithoutTheExceptionsWords()
    {
        await using var desk = await DeskAsync((_, _) => throw new InvalidOperationException("SSN 219-09-9999"));
        await using var console = await ConsoleAsync(("Bus:ColdTimeout", "00:01:00"));

        var e = await Assert.ThrowsAsync<BusUnavailableException>(() => AskAsync(console, new ListApprovals { Pending = true }));

        Assert.Contains("InvalidOperationException", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("219-09-9999", e + desk.Log.Text + console.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_DoorNeverAnswers_EndsAtTheLimit()
    {
        await using var desk = await DeskAsync(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return new ApprovalPage { Total = 0, Items = [] };
        });
        await using var console = await ConsoleAsync(("Bus:ColdTimeout", "00:00:00.500"));

        await Assert.ThrowsAsync<BusUnavailableException>(() => AskAsync(console, new ListApprovals { Pending = true }));
    }

    [Fact]
    public async Task Ask_TwoDesks_BothWork()
    {
        var calls = new int[2];
        await using var one = await DeskAsync((r, _) => Answer(0));
        await using var two = await DeskAsync((r, _) => Answer(1));
        await using var console = await ConsoleAsync(("Bus:ColdTimeout", "00:00:30"));

        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => AskAsync(console, new ListApprovals { Pending = true })));

        Assert.Equal(60, calls.Sum());
        Assert.DoesNotContain(0, calls);

        ValueTask<ApprovalPage> Answer(int desk)
        {
            Interlocked.Increment(ref calls[desk]);
            return ValueTask.FromResult(new ApprovalPage { Total = 0, Items = [] });
        }
    }

    [Fact]
    public async Task Announce_ThreeReplicas_EachHearsItOnceAndOneFailureStopsNoOther()
    {
        var ears = Enumerable.Range(0, 3).Select(_ => new FakeEar()).ToArray();
        await using var first = await EarAsync(ears[0], new ThrowingEar());
        await using var second = await EarAsync(ears[1]);
        await using var third = await EarAsync(ears[2]);
        await using var desk = await TestRoom.StartAsync(_vhost, s => s.AddAnnounce<ApprovalDecided>());

        await desk.Get<IAnnounce<ApprovalDecided>>()
            .AnnounceAsync(new ApprovalDecided { Status = Approved, BindingDigest = "ab" }, TestContext.Current.CancellationToken);

        foreach (var ear in ears)
        {
            var heard = await ear.Heard.Task.WaitAsync(TestLimits.Signal, TestContext.Current.CancellationToken);
            Assert.Equal("ab", heard.BindingDigest);
            Assert.Equal(Approved, heard.Status);
        }
    }

    [Fact]
    public async Task Announce_NobodyListens_IsNoFailure()
    {
        await using var desk = await TestRoom.StartAsync(_vhost, s => s.AddAnnounce<ApprovalDecided>());

        await desk.Get<IAnnounce<ApprovalDecided>>()
            .AnnounceAsync(new ApprovalDecided { Status = Approved, BindingDigest = "ab" }, TestContext.Current.CancellationToken);
    }

    private static Task<ApprovalPage> AskAsync(TestRoom console, ListApprovals request) =>
        console.Get<IAsk<ListApprovals, ApprovalPage>>().AskAsync(request, TestContext.Current.CancellationToken).AsTask();

    private Task<TestRoom> DeskAsync(Func<ListApprovals, CancellationToken, ValueTask<ApprovalPage>> answer) => TestRoom.StartAsync(_vhost, s =>
    {
        s.AddSingleton<IDoor<ListApprovals, ApprovalPage>>(new FakeDoor<ListApprovals, ApprovalPage>(answer));
        s.AddDoor<ListApprovals, ApprovalPage, FakeDoor<ListApprovals, ApprovalPage>>(Lane.Cold);
    });

    private Task<TestRoom> ConsoleAsync(params (string Key, string Value)[] settings) =>
        TestRoom.StartAsync(_vhost, s => s.AddAsk<ListApprovals, ApprovalPage>(Lane.Cold), settings);

    private Task<TestRoom> EarAsync(FakeEar ear, IHear<ApprovalDecided>? other = null) => TestRoom.StartAsync(_vhost, s =>
    {
        if (other is not null)
        {
            s.AddSingleton(other);
        }

        s.AddSingleton(ear);
        s.AddHear<ApprovalDecided, EarOfTest>();
    });

    private sealed class FakeEar
    {
        public TaskCompletionSource<ApprovalDecided> Heard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class EarOfTest(FakeEar ear) : IHear<ApprovalDecided>
    {
        public ValueTask HearAsync(ApprovalDecided heard, CancellationToken cancellationToken)
        {
            ear.Heard.SetResult(heard);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class ThrowingEar : IHear<ApprovalDecided>
    {
        public ValueTask HearAsync(ApprovalDecided heard, CancellationToken cancellationToken) => throw new InvalidOperationException("no");
    }
}
