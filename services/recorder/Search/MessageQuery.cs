namespace Chaperone.Recorder.Search;

/// <summary>A search for messages, understood.</summary>
internal sealed record MessageQuery
{
    public IReadOnlyList<SearchWord> Words { get; init; } = [];

    /// <summary>Words of <see cref="SearchFields"/>, each of which has to be there.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <summary>Only records of an index below this.</summary>
    public long Before { get; init; } = long.MaxValue;

    public required int Limit { get; init; }

    public bool IsOpen => Words.Count == 0 && Fields.Count == 0;
}
