namespace Chaperone.Cli;

/// <summary>What the command line names cannot be read; the message is for the person.</summary>
internal sealed class UnreadableException(string message) : Exception(message);
