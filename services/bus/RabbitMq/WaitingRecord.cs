using Chaperone.Bus.Wire;

namespace Chaperone.Bus.RabbitMq;

/// <summary>A framed record and the writer that waits for its confirm.</summary>
internal sealed class WaitingRecord(FrameBuffer frame)
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _given;

    public FrameBuffer Frame => frame;

    public Task Settled => _settled.Task;

    /// <summary>True once the writer waits no more: then it need not be sent.</summary>
    public bool IsGivenUp => Volatile.Read(ref _given) != 0;

    public void GiveUp() => Volatile.Write(ref _given, 1);

    public void Confirm() => _settled.TrySetResult();

    public void Fail(string reason) => _settled.TrySetException(new BusUnavailableException(reason));
}
