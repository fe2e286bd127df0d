namespace Chaperone.Policy.Lists;

/// <summary>A list answer as the caller may see it.</summary>
/// <param name="Answer">The JSON-RPC response.</param>
/// <param name="Hidden">How many entries were taken out.</param>
internal sealed record FilteredList(ReadOnlyMemory<byte> Answer, int Hidden);
