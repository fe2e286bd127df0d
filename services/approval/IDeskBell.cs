namespace Chaperone.Approval;

/// <summary>
/// Starts what has to happen later. It never throws and never decides: whatever it forgets, the sweep finds in the store.
/// </summary>
internal interface IDeskBell
{
    /// <summary>A request or grant has to be looked at when it lapses.</summary>
    void ExpireAt(long number, DateTimeOffset at);

    /// <summary>A request or grant has come to its end, so that nothing lapses any more.</summary>
    void Settled(long number);

    /// <summary>A request has cards to send.</summary>
    void NotifySoon(long number);

    /// <summary>An answer came in from a chat.</summary>
    void AnswerSoon();
}
