using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Deciding;

/// <summary>Which of the operator's own rules of masking hold for a call. Thread-safe.</summary>
internal sealed class OwnRules(IReadOnlyList<OwnRule> rules)
{
    private const int MostSets = 4096;

    private readonly ConcurrentDictionary<(string Server, string? Tool), OwnMasking?> _sets = new();

    /// <summary>Those for <paramref name="tool"/> (null: no tool is called) on <paramref name="server"/>; null where none holds.</summary>
    public OwnMasking? For(string server, string? tool)
    {
        if (rules.Count == 0)
        {
            return null;
        }

        // Callers may name tools that there are none of.
        if (_sets.Count >= MostSets)
        {
            _sets.Clear();
        }

        return _sets.GetOrAdd((server, tool), key => SetOf([.. rules.Select(r => r.For(key.Server, key.Tool)).OfType<OwnMaskingRule>()]));
    }

    private static OwnMasking? SetOf(OwnMaskingRule[] set) => set.Length == 0
        ? null
        : new OwnMasking { Digest = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(set))), Rules = set };
}
