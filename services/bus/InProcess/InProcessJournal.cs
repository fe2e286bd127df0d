using Chaperone.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chaperone.Bus.InProcess;

/// <summary>Hands records straight to the recorder of this process, which groups concurrent ones into one commit: durable means sequenced.</summary>
internal sealed class InProcessJournal(IServiceProvider provider, IOptions<BusOptions> options, TimeProvider time) : IJournal
{
    private readonly Lazy<IRecordKeeper?> _keeper = new(provider.GetService<IRecordKeeper>);

    public async ValueTask WriteAsync(RecordEntry entry, CancellationToken cancellationToken)
    {
        var keeper = _keeper.Value ?? throw new BusUnavailableException("No recorder runs in this process.");
        try
        {
            await keeper.KeepAsync([entry], cancellationToken).AsTask().WaitAsync(options.Value.JournalTimeout, time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }

        // Whatever keeps a record from being durable must keep the call from being served.
        catch (Exception e) when (e is not BusUnavailableException)
        {
            throw new BusUnavailableException($"The recorder did not keep the record: {e.GetType().Name}.", e);
        }
    }
}
