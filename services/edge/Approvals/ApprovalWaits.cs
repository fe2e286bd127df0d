namespace Chaperone.Edge.Approvals;

/// <summary>Wakes held calls of this edge when their request is decided. Missing an event costs a wait, never a decision: holders also ask.</summary>
internal sealed class ApprovalWaits
{
    private readonly Dictionary<string, Bell> _bells = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>How many requests are waited for.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _bells.Count;
            }
        }
    }

    /// <summary>Waits for decisions on <paramref name="approvalId"/> until it is disposed.</summary>
    public Wait Join(string approvalId)
    {
        lock (_lock)
        {
            if (!_bells.TryGetValue(approvalId, out var bell))
            {
                _bells.Add(approvalId, bell = new Bell());
            }

            bell.Listeners++;
            return new Wait(this, approvalId, bell);
        }
    }

    /// <summary>Wakes whoever waits for <paramref name="approvalId"/>.</summary>
    public void Wake(string approvalId)
    {
        TaskCompletionSource rung;
        lock (_lock)
        {
            if (!_bells.TryGetValue(approvalId, out var bell))
            {
                return;
            }

            (rung, bell.Next) = (bell.Next, Bell.Unrung());
        }

        rung.TrySetResult();
    }

    private void Leave(string approvalId, Bell bell)
    {
        lock (_lock)
        {
            if (--bell.Listeners == 0)
            {
                _bells.Remove(approvalId);
            }
        }
    }

    /// <summary>One held call's place at a request.</summary>
    public sealed class Wait : IDisposable
    {
        private readonly ApprovalWaits _waits;
        private readonly string _approvalId;
        private readonly Bell _bell;
        private bool _left;

        internal Wait(ApprovalWaits waits, string approvalId, Bell bell) => (_waits, _approvalId, _bell) = (waits, approvalId, bell);

        /// <summary>Ends with the next news. Taken before asking how things stand, it misses nothing that comes after the answer.</summary>
        public Task Next
        {
            get
            {
                lock (_waits._lock)
                {
                    return _bell.Next.Task;
                }
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (!_left)
            {
                _left = true;
                _waits.Leave(_approvalId, _bell);
            }
        }
    }

    internal sealed class Bell
    {
        public int Listeners { get; set; }

        public TaskCompletionSource Next { get; set; } = Unrung();

        public static TaskCompletionSource Unrung() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
