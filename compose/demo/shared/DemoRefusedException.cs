namespace Chaperone.Demo;

/// <summary>A trial server does not start as it was asked to; the message says what to do instead.</summary>
internal sealed class DemoRefusedException(string message) : Exception(message);
