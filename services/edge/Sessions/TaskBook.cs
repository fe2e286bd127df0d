using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Edge.Sessions;

/// <summary>
/// Which tasks of servers were given to whom: servers see one credential for all callers, and may list or tell one what belongs
/// to another. Digests only, in memory; to forget is safe, since an id that a caller holds proves itself. Thread-safe.
/// </summary>
internal sealed partial class TaskBook(IAnnounce<TaskGiven> announce, TimeProvider time, ILogger<TaskBook> logger)
{
    private const int Most = 100_000;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);
    private readonly ConcurrentDictionary<string, long> _given = new(StringComparer.Ordinal);

    /// <summary>Whether the task with this sealed id is known to be its caller's.</summary>
    public bool Has(string sealedId) => _given.ContainsKey(Digest(sealedId));

    /// <summary>Notes that the caller holds the task: it has just shown its id.</summary>
    public void Note(string sealedId) => Note(new TaskGiven { Digest = Digest(sealedId) });

    /// <summary>Notes what another edge gave, or this one.</summary>
    public void Note(TaskGiven given)
    {
        if (_given.Count >= Most)
        {
            Sweep();
        }

        _given[given.Digest] = time.GetTimestamp();
    }

    /// <summary>Notes that the task is given to the caller now, here and at every edge.</summary>
    public async ValueTask GiveAsync(string sealedId)
    {
        var given = new TaskGiven { Digest = Digest(sealedId) };
        Note(given);
        try
        {
            await announce.AnnounceAsync(given, CancellationToken.None);
        }
        catch (BusUnavailableException e)
        {
            Log.NotTold(logger, e.Message);
        }
    }

    private void Sweep()
    {
        foreach (var (digest, at) in _given)
        {
            if (time.GetElapsedTime(at) > Kept)
            {
                _given.TryRemove(digest, out _);
            }
        }

        if (_given.Count >= Most)
        {
            _given.Clear();
        }
    }

    private static string Digest(string sealedId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(sealedId)).AsSpan(0, 16));

    private static partial class Log
    {
        [LoggerMessage(1031, LogLevel.Warning, "Other edges do not know yet to whom a task was given, and keep it out of lists until its caller asks for it there: {Problem}")]
        public static partial void NotTold(ILogger logger, string problem);
    }
}
