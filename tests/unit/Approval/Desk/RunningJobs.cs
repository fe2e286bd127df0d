using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>A worker with its background work running, stopped in order at the end.</summary>
internal sealed class RunningJobs : IAsyncDisposable
{
    private readonly ServiceProvider _process;

    private RunningJobs(ServiceProvider process) => _process = process;

    public IServiceProvider Services => _process;

    public ApprovalDesk Desk => _process.GetRequiredService<ApprovalDesk>();

    public static async Task<RunningJobs> StartAsync(DeskBench bench, CancellationToken cancellationToken)
    {
        var process = bench.NewProcess(withJobs: true);
        foreach (var work in process.GetServices<IHostedService>())
        {
            await work.StartAsync(cancellationToken);
        }

        return new RunningJobs(process);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var work in _process.GetServices<IHostedService>())
        {
            await work.StopAsync(CancellationToken.None);
        }

        await _process.DisposeAsync();
    }
}
