using Hangfire;

namespace Chaperone.Approval.Jobs;

/// <summary>Takes jobs from the room's services.</summary>
internal sealed class ServiceActivator(IServiceProvider provider) : JobActivator
{
    public override object ActivateJob(Type jobType) => provider.GetRequiredService(jobType);
}
