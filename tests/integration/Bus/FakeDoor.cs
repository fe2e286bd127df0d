using Chaperone.Bus;

namespace Chaperone.Integration.Tests.Bus;

/// <summary>A door that does what the test says, and tells when somebody came in.</summary>
internal sealed class FakeDoor<TRequest, TReply>(Func<TRequest, CancellationToken, ValueTask<TReply>> answer) : IDoor<TRequest, TReply>
    where TRequest : class
    where TReply : class
{
    private int _calls;

    /// <summary>Completes when the door was entered for the first time.</summary>
    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Calls => Volatile.Read(ref _calls);

    public ValueTask<TReply> AnswerAsync(TRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        Entered.TrySetResult();
        return answer(request, cancellationToken);
    }
}
