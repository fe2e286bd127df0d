using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>
/// Prepared statements and cursors of a script. A cursor hands out its rows once, from its declaration on; a prepared statement
/// each time it is executed.
/// </summary>
internal sealed class Handles
{
    private readonly Dictionary<string, (Reach Reach, bool IsUsed)> _handles = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What prepared statements that the script does not execute keep ready.</summary>
    public Reach Unused => _handles.Values.Where(h => !h.IsUsed).Aggregate(new Reach(0, 0, 0, 0), (sum, h) => sum.And(h.Reach));

    /// <summary>Whether the script made it.</summary>
    public bool Knows(string handle) => _handles.ContainsKey(handle);

    /// <summary>What <paramref name="statement"/>, which makes or uses a handle, hands out now.</summary>
    public Reach Take(string handle, Statement statement, Reach reach)
    {
        if (!statement.IsOpaque)
        {
            // Closing one names it, too.
            if (statement.Query is not null || statement.Write is not null)
            {
                _handles[handle] = (reach, false);
            }

            return new Reach(0, 0, 0, 0);
        }

        if (!_handles.TryGetValue(handle, out var known))
        {
            return reach;
        }

        var again = statement.Kind == StatementKind.Select && known.IsUsed;
        _handles[handle] = (known.Reach, true);
        return again ? reach : reach.And(known.Reach);
    }
}
