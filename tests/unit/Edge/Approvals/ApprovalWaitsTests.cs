using Chaperone.Edge.Approvals;

namespace Chaperone.Edge.Tests.Approvals;

public sealed class ApprovalWaitsTests
{
    private readonly ApprovalWaits _waits = new();

    [Fact]
    public void News_wakes_everybody_who_waits_for_that_request()
    {
        using var held = _waits.Join("APR-1");
        using var repeated = _waits.Join("APR-1");
        using var other = _waits.Join("APR-2");
        Task[] news = [held.Next, repeated.Next, other.Next];

        _waits.Wake("APR-1");

        Assert.Equal([true, true, false], news.Select(n => n.IsCompletedSuccessfully));
    }

    [Fact]
    public void News_between_the_question_and_its_answer_is_not_missed()
    {
        using var wait = _waits.Join("APR-1");
        var news = wait.Next;

        _waits.Wake("APR-1");

        Assert.True(news.IsCompletedSuccessfully);
        Assert.False(wait.Next.IsCompleted);
    }

    [Fact]
    public void Whoever_leaves_leaves_nothing_behind()
    {
        var held = _waits.Join("APR-1");
        var repeated = _waits.Join("APR-1");
        held.Dispose();
        held.Dispose();
        Assert.Equal(1, _waits.Count);
        var news = repeated.Next;
        _waits.Wake("APR-1");
        Assert.True(news.IsCompletedSuccessfully);

        repeated.Dispose();
        _waits.Wake("APR-1");

        Assert.Equal(0, _waits.Count);
    }
}
