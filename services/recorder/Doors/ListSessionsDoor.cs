using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Recorder.Search;

namespace Chaperone.Recorder.Doors;

/// <summary>Answers with sessions found in the search, newest first.</summary>
internal sealed class ListSessionsDoor(ISearchStore search) : IDoor<ListSessions, SessionPage>
{
    public async ValueTask<SessionPage> AnswerAsync(ListSessions request, CancellationToken cancellationToken)
    {
        await search.OpenAsync(cancellationToken);
        return await search.FindSessionsAsync(request, cancellationToken);
    }
}
