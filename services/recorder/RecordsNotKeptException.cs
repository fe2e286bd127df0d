namespace Chaperone.Recorder;

/// <summary>The store did not commit: disk full, locked, away, or refused after a rollback. Nothing of the batch may be taken as kept.</summary>
internal sealed class RecordsNotKeptException(string message, Exception? inner = null) : Exception(message, inner);
