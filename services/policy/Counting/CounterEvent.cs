namespace Chaperone.Policy.Counting;

/// <summary>Something that one counter of one session counts.</summary>
/// <param name="Key">The counter; names nobody.</param>
/// <param name="Items">What is counted, each once: the call, or values of an argument by their digests.</param>
/// <param name="Over">How many are worth telling apart: more count as one more.</param>
/// <param name="Within">How far back is looked.</param>
/// <param name="Adds">Whether the items are counted, too, or only looked at.</param>
internal sealed record CounterEvent(string Key, IReadOnlyList<string> Items, int Over, TimeSpan Within, bool Adds);
