using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Bus.Tests.InProcess;

/// <summary>The in-process road keeps the promises of the others: bounded, and a broken door is a refusal.</summary>
public sealed class InProcessAskTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Ask_DoorAnswers_ReturnsIt() =>
        Assert.Equal("pong", (await Asker((_, _) => ValueTask.FromResult(new Pong("pong"))).AskAsync(new Ping(), TestContext.Current.CancellationToken)).Text);

    [Fact]
    public async Task Ask_NoDoor_IsUnavailable() =>
        await Assert.ThrowsAsync<BusUnavailableException>(() => Asker(null).AskAsync(new Ping(), TestContext.Current.CancellationToken).AsTask());

    [Theory]
    [InlineData(Lane.Hot, 2)]
    [InlineData(Lane.Cold, 5)]
    public async Task Ask_DoorNeverAnswers_EndsAtTheLanesLimit(Lane lane, int seconds)
    {
        var asking = Asker((_, token) => new ValueTask<Pong>(Never(token)), lane).AskAsync(new Ping(), TestContext.Current.CancellationToken).AsTask();

        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.False(asking.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        await Assert.ThrowsAsync<BusUnavailableException>(() => asking);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ask_DoorThrows_IsUnavailableAndKeepsItsWordsOutOfTheMessage(bool atOnce)
    {
        var asker = Asker(async (_, _) =>
        {
            if (!atOnce)
            {
                await Task.Yield();
            }

            throw new InvalidOperationException("SSN 219-09-9999");
        });

        var e = await Assert.ThrowsAsync<BusUnavailableException>(() => asker.AskAsync(new Ping(), TestContext.Current.CancellationToken).AsTask());

        Assert.Contains("InvalidOperationException", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("219-09-9999", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_CallerGivesUp_IsCancelled()
    {
        using var caller = new CancellationTokenSource();
        var asking = Asker((_, token) => new ValueTask<Pong>(Never(token))).AskAsync(new Ping(), caller.Token).AsTask();

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    private static async Task<Pong> Never(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return new Pong("");
    }

    private IAsk<Ping, Pong> Asker(Func<Ping, CancellationToken, ValueTask<Pong>>? answer, Lane lane = Lane.Hot)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(_time);
        services.AddAsk<Ping, Pong>(lane);
        if (answer is not null)
        {
            services.AddSingleton<IDoor<Ping, Pong>>(new Door(answer));
            services.AddDoor<Ping, Pong, Door>(lane);
        }

        services.AddChaperoneBus(new ConfigurationBuilder().Build());
        return services.BuildServiceProvider().GetRequiredService<IAsk<Ping, Pong>>();
    }

    private sealed record Ping;

    private sealed record Pong(string Text);

    private sealed class Door(Func<Ping, CancellationToken, ValueTask<Pong>> answer) : IDoor<Ping, Pong>
    {
        public ValueTask<Pong> AnswerAsync(Ping request, CancellationToken cancellationToken) => answer(request, cancellationToken);
    }
}
