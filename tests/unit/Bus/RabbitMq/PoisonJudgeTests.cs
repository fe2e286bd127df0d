using Chaperone.Bus.RabbitMq;

namespace Chaperone.Bus.Tests.RabbitMq;

/// <summary>Which failures are the record's, and which the keeper's.</summary>
public sealed class PoisonJudgeTests
{
    private static readonly Guid Bad = new(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    private static readonly Guid Good = new(2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private readonly PoisonJudge _judge = new();

    [Fact]
    public void Failed_NothingElseKept_IsNeverPoison()
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.False(_judge.Failed(Bad, _judge.Mark()));
        }
    }

    [Fact]
    public void Failed_FiveTimesWhileOthersAreKept_IsPoison()
    {
        var verdicts = Enumerable.Range(0, 5).Select(_ =>
        {
            var mark = _judge.Mark();
            _judge.Kept(Good);
            return _judge.Failed(Bad, mark);
        }).ToArray();

        Assert.Equal([false, false, false, false, true], verdicts);
    }

    [Fact]
    public void Kept_AfterFailures_ForgetsThem()
    {
        for (var i = 0; i < 4; i++)
        {
            var mark = _judge.Mark();
            _judge.Kept(Good);
            _judge.Failed(Bad, mark);
        }

        _judge.Kept(Bad);

        var next = _judge.Mark();
        _judge.Kept(Good);
        Assert.False(_judge.Failed(Bad, next));
    }
}
