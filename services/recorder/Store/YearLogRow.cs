using Chaperone.Ledger;

namespace Chaperone.Recorder.Store;

/// <summary>A log as the store keeps it: written once when it is opened, with how the one before it was closed.</summary>
internal sealed record YearLogRow(YearLog Log, ClosedLog? Before)
{
    /// <summary>Rows in order of their number; the one log where there are none.</summary>
    /// <exception cref="InvalidDataException">A number is left out, or a log does not begin where the one before it ended.</exception>
    public static IReadOnlyList<YearLog> ToLogs(IReadOnlyList<YearLogRow> rows)
    {
        var logs = new List<YearLog>();
        foreach (var (log, before) in rows)
        {
            if (log.Number != logs.Count || (before is null) != (logs.Count == 0) || log.First != (before is null ? 0 : logs[^1].First + before.Head.Size))
            {
                throw new InvalidDataException($"The store's list of logs contradicts itself at log {log.Number}.");
            }

            if (before is not null)
            {
                logs[^1] = logs[^1] with { Closed = before };
            }

            logs.Add(log);
        }

        return logs.Count == 0 ? [YearLog.Only] : logs;
    }

    /// <summary>Size and root as columns.</summary>
    /// <exception cref="InvalidDataException">The root does not have 32 bytes.</exception>
    public static ClosedLog? Closed(long? size, byte[]? root, string? note)
    {
        if (size is null && root is null && note is null)
        {
            return null;
        }

        return size is { } leaves && root is { Length: MerkleHash.Size } && note is not null
            ? new ClosedLog(new TreeHead(leaves, MerkleHash.Read(root)), note)
            : throw new InvalidDataException("The store's list of logs has a closed log without size, root or checkpoint.");
    }
}
