namespace Chaperone.Policy.Cases;

/// <summary>What somebody wrote down is no call or no caller; the message is for them.</summary>
internal sealed class SketchException(string message) : Exception(message);
