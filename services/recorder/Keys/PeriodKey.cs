namespace Chaperone.Recorder.Keys;

/// <summary>The keys of one calendar month (UTC) as they lie in the store: wrapped under a root key, each null once it was destroyed.</summary>
/// <param name="Id">Stands in the headers of the records that it seals, e.g. <c>p202611-5f3a9c0e</c>.</param>
/// <param name="Month"><c>2026-11</c>: when the records were sealed.</param>
/// <param name="RootId">The root key that wraps them.</param>
/// <param name="Meta">Seals facts.</param>
/// <param name="Body">Seals the messages of no session, and wraps the keys of sessions.</param>
internal sealed record PeriodKey(string Id, string Month, string RootId, byte[]? Meta, byte[]? Body)
{
    /// <summary>The order that destroyed the key of the facts; null while it is there.</summary>
    public string? MetaOrder { get; init; }

    /// <summary>The order that destroyed the key of the messages; null while it is there.</summary>
    public string? BodyOrder { get; init; }
}
