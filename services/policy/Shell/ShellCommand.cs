namespace Chaperone.Policy.Shell;

/// <summary>One command: the last part of its name's path, and its words, quotes taken away.</summary>
/// <param name="Name">Such as <c>rm</c>.</param>
/// <param name="Words">Its arguments; null where a word is made when it runs.</param>
internal sealed record ShellCommand(string Name, IReadOnlyList<string?> Words);
