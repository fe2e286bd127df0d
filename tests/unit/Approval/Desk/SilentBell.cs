namespace Chaperone.Approval.Tests.Desk;

/// <summary>Notes what would have been scheduled.</summary>
internal sealed class SilentBell : IDeskBell
{
    public List<(long Number, DateTimeOffset At)> Expiries { get; } = [];

    public void ExpireAt(long number, DateTimeOffset at)
    {
        lock (Expiries)
        {
            Expiries.Add((number, at));
        }
    }

    public List<long> Ended { get; } = [];

    public void Settled(long number)
    {
        lock (Ended)
        {
            Ended.Add(number);
        }
    }

    public void NotifySoon(long number)
    {
    }

    public void AnswerSoon()
    {
    }
}
