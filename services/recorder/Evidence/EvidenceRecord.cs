using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Evidence;

/// <summary>One record of a bundle, held against its leaf.</summary>
/// <param name="Index">Leaf index.</param>
/// <param name="Leaf">The leaf's bytes.</param>
/// <param name="Header">The header's bytes, whose SHA-256 the leaf holds.</param>
/// <param name="Entry">Its facts; where <paramref name="IsOpen"/> is false, only what the leaf says.</param>
/// <param name="Parts">Its masked parts.</param>
/// <param name="IsOpen">False when the key that sealed it is gone.</param>
internal sealed record EvidenceRecord(long Index, byte[] Leaf, byte[] Header, RecordEntry Entry, IReadOnlyList<OpenedPart> Parts, bool IsOpen)
{
    /// <summary>Server, method and tool of the call in words that may stand in clear; null where they may not, or there is none.</summary>
    public string? Server => PlainNames.OrNull(Entry.Call?.Server);

    /// <inheritdoc cref="Server"/>
    public string? Method => PlainNames.OrNull(Entry.Call?.Method);

    /// <inheritdoc cref="Server"/>
    public string? Tool => Entry.Call is { } call ? PlainNames.TargetOrNull(call.Method, call.Target) : null;

    /// <summary>Who called, or else who acted.</summary>
    public Principal? Person => Entry.Call?.Principal ?? Entry.Actor;
}
