using Chaperone.Approval.Jobs;
using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Approval.Doors;

/// <summary>Tells an administrator how the work in the background stands.</summary>
internal sealed class ReadJobsDoor(JobBoard board) : IDoor<ReadJobs, JobsReport>
{
    public async ValueTask<JobsReport> AnswerAsync(ReadJobs request, CancellationToken cancellationToken) => await board.ReadAsync(cancellationToken);
}
