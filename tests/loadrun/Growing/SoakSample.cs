namespace Chaperone.LoadRun.Growing;

/// <summary>The state of a run at one moment; heap after full collections.</summary>
internal sealed record SoakSample(TimeSpan At, long Calls, double HeapMegabytes, double RamMegabytes, int Handles, int Threads, long Waiting, long Records, long Lag);

/// <summary>What became of the calls of a run. Thread-safe.</summary>
internal sealed class SoakCounts
{
    private long _served;
    private long _denied;
    private long _held;
    private long _streams;
    private long _errors;

    public long Served => Interlocked.Read(ref _served);

    public long Denied => Interlocked.Read(ref _denied);

    public long Held => Interlocked.Read(ref _held);

    public long Streams => Interlocked.Read(ref _streams);

    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>Null while there was none.</summary>
    public string? FirstError { get; private set; }

    public void Add(int served, int errors, string? error, int denied = 0, int held = 0, int streams = 0)
    {
        Interlocked.Add(ref _served, served);
        Interlocked.Add(ref _denied, denied);
        Interlocked.Add(ref _held, held);
        Interlocked.Add(ref _streams, streams);
        Interlocked.Add(ref _errors, errors);
        FirstError = errors > 0 ? FirstError ?? error : FirstError;
    }
}
