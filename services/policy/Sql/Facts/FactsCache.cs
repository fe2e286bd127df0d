using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Chaperone.Policy.Sql.Facts;

/// <summary>
/// The facts of SQL that was read lately: people and programs send the same statements again and again, with parameters beside
/// them. One for each server of each version of the policy, since its terms decide what the facts are. It holds no text: a statement is known by
/// its SHA-256. Thread-safe.
/// </summary>
internal sealed class FactsCache
{
    /// <summary>Most statements that are kept.</summary>
    public const int Most = 1024;

    // Longer ones are rare, and cost more to hash than they save.
    private const int Longest = 16 * 1024;

    private readonly ConcurrentDictionary<UInt128, SqlFacts> _facts = new();

    /// <summary>The facts of <paramref name="texts"/>, found by <paramref name="find"/> where they are not known yet.</summary>
    public SqlFacts Of(IReadOnlyList<string> texts, Func<IReadOnlyList<string>, SqlFacts> find)
    {
        if (texts is not [{ Length: <= Longest } text])
        {
            return find(texts);
        }

        var key = KeyOf(text);
        if (_facts.TryGetValue(key, out var known))
        {
            return known;
        }

        var facts = find(texts);
        if (_facts.Count >= Most)
        {
            // Who floods it with statements makes it useless for a while, and nothing worse.
            _facts.Clear();
        }

        _facts[key] = facts;
        return facts;
    }

    // Half of a SHA-256: nobody finds two texts with the same.
    private static UInt128 KeyOf(string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), digest);
        return MemoryMarshal.Read<UInt128>(digest);
    }
}
