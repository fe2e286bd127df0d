using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chaperone.Bus.InProcess;

/// <summary>Asks a door of this process; bounded in time like any other road.</summary>
internal sealed class InProcessAsk<TRequest, TReply>(IServiceProvider provider, IOptions<BusOptions> options, TimeProvider time, Lane lane)
    : IAsk<TRequest, TReply>
    where TRequest : class
    where TReply : class
{
    private readonly Lazy<IDoor<TRequest, TReply>?> _door = new(provider.GetService<IDoor<TRequest, TReply>>);
    private readonly TimeSpan _limit = lane == Lane.Hot ? options.Value.HotTimeout : options.Value.ColdTimeout;

    public async ValueTask<TReply> AskAsync(TRequest request, CancellationToken cancellationToken)
    {
        var door = _door.Value
            ?? throw new BusUnavailableException($"No room of this process answers {typeof(TRequest).Name}.");

        var answer = Start(door, request, cancellationToken);
        if (answer.IsCompletedSuccessfully)
        {
            return await answer;
        }

        try
        {
            return await answer.AsTask().WaitAsync(_limit, time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new BusUnavailableException($"{typeof(TRequest).Name} was not answered within {_limit.TotalSeconds:0.#} s.", e);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }

        // A door that throws is broken, whatever it throws; the asker must fail closed, as it does when a process dies.
        catch (Exception e) when (e is not BusUnavailableException)
        {
            throw new BusUnavailableException($"The room that answers {typeof(TRequest).Name} failed: {e.GetType().Name}.", e);
        }
    }

    private static ValueTask<TReply> Start(IDoor<TRequest, TReply> door, TRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return door.AnswerAsync(request, cancellationToken);
        }

        // Folded into the task so that a door which throws before its first await is treated like any other.
        catch (Exception e)
        {
            return ValueTask.FromException<TReply>(e);
        }
    }
}
