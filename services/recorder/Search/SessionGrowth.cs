using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Search;

/// <summary>What the documents of one commit add to a session.</summary>
internal readonly record struct SessionGrowth(CallFacts Call, DateTimeOffset First, DateTimeOffset Last, int Calls, int Denied, int Masked)
{
    /// <summary>The caller, as the search keeps it: JSON of <see cref="Principal"/>.</summary>
    public string Principal => JsonSerializer.Serialize(Call.Principal);

    /// <summary>The server's plain name; empty where it has none.</summary>
    public string Server => PlainNames.OrNull(Call.Server) ?? "";

    public SessionGrowth With(SearchDocument document)
    {
        var at = document.Entry.OccurredAt;
        return new(Call, at < First ? at : First, at > Last ? at : Last, Calls + document.Calls, Denied + document.Denied, Masked + document.Masked);
    }
}
