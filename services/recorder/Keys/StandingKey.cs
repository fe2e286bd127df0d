namespace Chaperone.Recorder.Keys;

/// <summary>The key of what belongs to no month (saved searches, reasons of holds and orders), as it lies in the store.</summary>
/// <param name="Id">Stands beside what it seals, e.g. <c>s-5f3a9c0e</c>.</param>
/// <param name="RootId">The root key that wraps it.</param>
/// <param name="Wrapped">Wrapped under the name <c>ID/standing</c>.</param>
internal sealed record StandingKey(string Id, string RootId, byte[] Wrapped);
