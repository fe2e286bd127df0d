using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Sequencing;

namespace Chaperone.Recorder.Doors;

/// <summary>Answers with sessions found in the search, newest first.</summary>
internal sealed class ListSessionsDoor(LedgerOpening opening, ISearchStore search, SessionCards cards) : IDoor<ListSessions, SessionPage>
{
    public async ValueTask<SessionPage> AnswerAsync(ListSessions request, CancellationToken cancellationToken)
    {
        await opening.EnsureOpenAsync(cancellationToken);
        await search.OpenAsync(cancellationToken);
        var query = SearchQuery.Parse(request.Search);
        if (query.Problem is { } problem)
        {
            return new SessionPage { Total = 0, Items = [], Problem = problem };
        }

        var page = await search.FindSessionsAsync(request, query.Words, cancellationToken);
        var items = new List<SessionItem>(page.Items.Length);
        foreach (var item in page.Items)
        {
            items.Add(await cards.CompleteAsync(item, cancellationToken));
        }

        return page with { Items = [.. items] };
    }
}
