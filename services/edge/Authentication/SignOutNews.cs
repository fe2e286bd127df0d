using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Edge.Authentication;

/// <summary>Hears, in each edge, of sign-ins that ended, and ends what is under way for them.</summary>
internal sealed class SignOutNews(EndedSignIns ended, LiveCalls calls) : IHear<SessionEnded>
{
    public ValueTask HearAsync(SessionEnded heard, CancellationToken cancellationToken)
    {
        ended.End(heard);
        calls.End(ended.Has);
        return ValueTask.CompletedTask;
    }
}
