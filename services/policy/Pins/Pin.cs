using Chaperone.Contracts;

namespace Chaperone.Policy.Pins;

/// <summary>What is kept of a definition, without its text.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Digest">Of the definition.</param>
/// <param name="Shape">Equal for a tool that was only renamed.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Current">Whether it is what the server showed last under this name.</param>
internal sealed record Pin(string Tool, string Digest, string Shape, ToolState State, bool Current);
