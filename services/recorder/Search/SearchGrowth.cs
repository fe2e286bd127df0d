using Chaperone.Contracts;

namespace Chaperone.Recorder.Search;

/// <summary>What the documents of one commit add to sessions and hours. Most are of few sessions and of one hour, and each row is written once.</summary>
internal sealed class SearchGrowth
{
    private readonly Dictionary<Guid, SessionGrowth> _sessions = [];
    private readonly Dictionary<long, (long First, long Last)> _hours = [];

    public SearchGrowth(IEnumerable<SearchDocument> documents)
    {
        foreach (var document in documents)
        {
            if (document.Entry.Call is { } call)
            {
                Add(document, call);
            }
        }
    }

    public IReadOnlyDictionary<Guid, SessionGrowth> Sessions => _sessions;

    /// <summary>First and last index by hours since 1970.</summary>
    public IReadOnlyDictionary<long, (long First, long Last)> Hours => _hours;

    private void Add(SearchDocument document, CallFacts call)
    {
        var at = document.Entry.OccurredAt;
        var hour = SqliteMessages.HourOf(at.ToUnixTimeMilliseconds());
        _hours[hour] = _hours.TryGetValue(hour, out var span) ? (span.First, Math.Max(span.Last, document.Index)) : (document.Index, document.Index);
        if (document.IsActivity)
        {
            var grown = _sessions.TryGetValue(call.SessionId, out var before) ? before : new SessionGrowth(call, at, at, 0, 0, 0);
            _sessions[call.SessionId] = grown.With(document);
        }
    }
}
