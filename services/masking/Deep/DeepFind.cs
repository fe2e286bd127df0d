namespace Chaperone.Masking.Deep;

/// <summary>Words of one class, in offsets of the text that was read; <paramref name="Score"/> is the least likely word's probability.</summary>
internal readonly record struct DeepFind(int Start, int End, Identifier Identifier, float Score);
