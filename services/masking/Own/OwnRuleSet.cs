using System.Text.RegularExpressions;
using Chaperone.Contracts;

namespace Chaperone.Masking.Own;

/// <summary>The operator's own rules of masking, compiled. Immutable and thread-safe.</summary>
internal sealed class OwnRuleSet
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    private static readonly Dictionary<string, Identifier> Classes = Enum.GetValues<Identifier>().ToDictionary(i => i.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <exception cref="WithheldException">A rule cannot be used: of an unknown class, or with a pattern that is none. Policy refuses such files.</exception>
    public OwnRuleSet(OwnMasking own)
    {
        try
        {
            Keys = [.. own.Rules.SelectMany(r => r.Keys.Select(k => (k, Classes[r.Class])))];
            Hosts = [.. own.Rules.SelectMany(r => r.Hosts)];
            Allowed = new OwnWords(own.Rules.SelectMany(r => r.Allow.Select(a => (a, Identifier.None))));
            Detector = new OwnDetector(
                new OwnWords(own.Rules.SelectMany(r => r.Words.Select(w => (w, Classes[r.Class])))),
                [.. own.Rules.SelectMany(r => r.Patterns.Select(p => (new Regex(p, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Limit), Classes[r.Class])))]);
        }
        catch (Exception e) when (e is KeyNotFoundException or ArgumentException or NotSupportedException)
        {
            throw new WithheldException(WithheldReason.Failed);
        }
    }

    /// <summary>Keys, columns and labels, as they are written.</summary>
    public IReadOnlyList<(string Key, Identifier Identifier)> Keys { get; }

    /// <summary>Hosts whose URLs stay.</summary>
    public IReadOnlyList<string> Hosts { get; }

    /// <summary>What stays.</summary>
    public OwnWords Allowed { get; }

    public OwnDetector Detector { get; }
}
