namespace Chaperone.Masking.Structures;

/// <summary>A way to write text as other text. Stateless and thread-safe.</summary>
/// <param name="Decode">What a run or line reads, or null where it is not written so.</param>
/// <param name="Encode">Writes a text so again, as the second argument was.</param>
internal sealed record TextWriting(TextWriting.Decoder Decode, TextWriting.Encoder Encode)
{
    internal delegate Reading? Decoder(ReadOnlySpan<char> text);

    internal delegate string Encoder(string masked, ReadOnlySpan<char> original);

    /// <summary>What was read: a text, or a picture. With <paramref name="Origins"/>, where each of its characters, and its end, stands in what was decoded: masks are then cut in place by place.</summary>
    internal sealed record Reading(string Text, bool Picture = false, int[]? Origins = null);
}
