namespace Chaperone.Masking;

/// <summary>An identifier in a text: UTF-16 offsets (the end is exclusive), its class, and from 0 to 1 how sure the find is. Never the value.</summary>
public sealed record TextFinding(int Start, int End, string Type, double Score);
