using Chaperone.Approval.Store;
using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>Ends "the process" before or after any step that leaves a trace: a commit, a record, an announcement.</summary>
internal sealed class CrashPoints
{
    private int _reached;

    /// <summary>Which step of those to come ends the process; 0: none.</summary>
    public int CrashAt { get; private set; }

    /// <summary>Whether it was reached.</summary>
    public bool Crashed { get; private set; }

    public void Arm(int crashAt)
    {
        _reached = 0;
        CrashAt = crashAt;
        Crashed = false;
    }

    public void Reach()
    {
        if (Crashed || (CrashAt > 0 && ++_reached == CrashAt))
        {
            // Dead is dead: nothing that the process tries afterwards reaches the world.
            Crashed = true;
            throw new CrashException();
        }
    }

    /// <summary>The process died here.</summary>
    internal sealed class CrashException : Exception;

    internal sealed class Database(IApprovalDatabase inner, CrashPoints points) : IApprovalDatabase, IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (inner is IAsyncDisposable later)
            {
                await later.DisposeAsync();
            }

            (inner as IDisposable)?.Dispose();
        }

        public string LockClause => inner.LockClause;

        public string IdentityType => inner.IdentityType;

        public string BytesType => inner.BytesType;

        public async Task<T> WriteAsync<T>(Func<DbSession, Task<T>> work, CancellationToken cancellationToken)
        {
            points.Reach();
            var result = await inner.WriteAsync(
                async session =>
                {
                    var result = await work(session);
                    points.Reach();
                    return result;
                },
                cancellationToken);
            points.Reach();
            return result;
        }

        public Task<T> ReadAsync<T>(Func<DbSession, Task<T>> work, CancellationToken cancellationToken) =>
            inner.ReadAsync(work, cancellationToken);

        public Task UpgradeAsync(Func<DbSession, Task> work, CancellationToken cancellationToken) =>
            inner.UpgradeAsync(work, cancellationToken);
    }

    internal sealed class Journal(IJournal inner, CrashPoints points) : IJournal
    {
        public async ValueTask WriteAsync(RecordEntry entry, CancellationToken cancellationToken)
        {
            points.Reach();
            await inner.WriteAsync(entry, cancellationToken);
            points.Reach();
        }
    }

    internal sealed class Announce(IAnnounce<ApprovalDecided> inner, CrashPoints points) : IAnnounce<ApprovalDecided>
    {
        public async ValueTask AnnounceAsync(ApprovalDecided news, CancellationToken cancellationToken)
        {
            points.Reach();
            await inner.AnnounceAsync(news, cancellationToken);
            points.Reach();
        }
    }
}
