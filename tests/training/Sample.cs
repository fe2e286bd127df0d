using Chaperone.Masking.Tagging;

namespace Chaperone.Training;

/// <summary>A text with the places where persons, places and organisations stand in it; offsets in UTF-16.</summary>
internal sealed record Sample(string Text, IReadOnlyList<Sample.Span> Spans)
{
    internal readonly record struct Span(int Start, int End, NameTag Tag);
}
