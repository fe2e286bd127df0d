using System.Collections.Concurrent;

namespace Chaperone.Recorder;

/// <summary>Whether the recorder keeps records now. Thread-safe.</summary>
public sealed class RecorderHealth
{
    /// <summary>The part that commits records.</summary>
    internal const string StorePart = "store";

    /// <summary>The keys that records are sealed with.</summary>
    internal const string KeysPart = "keys";

    /// <summary>The root of those keys, where it is in Vault.</summary>
    internal const string RootPart = "root";

    /// <summary>The keys in memory, while Vault is away or does not open some of them any more.</summary>
    internal const string RootAgePart = "root-age";

    /// <summary>Keys that cannot be wrapped by the current root.</summary>
    internal const string RewrapPart = "rewrap";

    /// <summary>The part that publishes tiles and checkpoints.</summary>
    internal const string LogPart = "log";

    /// <summary>The part that asks witnesses.</summary>
    internal const string WitnessPart = "witnesses";

    /// <summary>A witness that refuses this ledger.</summary>
    internal const string ForkPart = "fork";

    /// <summary>The part that reads records again.</summary>
    internal const string ScrubPart = "scrub";

    /// <summary>The part that sends to Elasticsearch.</summary>
    internal const string ElasticPart = "elasticsearch";

    /// <summary>The part that sends syslog.</summary>
    internal const string SyslogPart = "syslog";

    /// <summary>What Elasticsearch holds and should not.</summary>
    internal const string TamperPart = "tampered";

    private readonly ConcurrentDictionary<string, string> _problems = new(StringComparer.Ordinal)
    {
        [StorePart] = "The ledger store is being opened.",
    };

    private volatile string? _refusal;

    /// <summary>Null while records are kept, else one PHI-free sentence with the remedy.</summary>
    public string? Problem => _refusal ?? _problems.GetValueOrDefault(StorePart) ?? _problems.GetValueOrDefault(KeysPart) ?? _problems.GetValueOrDefault(RootPart);

    /// <summary>What people should look at though records are kept, e.g. that no checkpoint can be published; null when there is nothing.</summary>
    public string? Warning => _problems.GetValueOrDefault(LogPart);

    /// <summary>What people should look at with the witnesses: one that refuses this ledger first, then too few that answer; null when there is nothing.</summary>
    public string? WitnessWarning => _problems.GetValueOrDefault(ForkPart) ?? _problems.GetValueOrDefault(WitnessPart);

    /// <summary>What people should look at in Elasticsearch: an alarm first, then an outage; null when there is nothing.</summary>
    public string? ElasticWarning => _problems.GetValueOrDefault(TamperPart) ?? _problems.GetValueOrDefault(ElasticPart);

    /// <summary>A record that is not what was logged any more; null when none was found.</summary>
    public string? ScrubWarning => _problems.GetValueOrDefault(ScrubPart);

    /// <summary>Until when records can be kept without Vault, or which months' keys do not open any more; null while all is well.</summary>
    public string? RootWarning => _problems.GetValueOrDefault(RootAgePart) ?? _problems.GetValueOrDefault(RewrapPart);

    /// <summary>Why syslog is not delivered; null when it is.</summary>
    public string? SyslogWarning => _problems.GetValueOrDefault(SyslogPart);

    /// <summary>Why nothing is kept or signed until an operator acted and the recorder was restarted; null normally.</summary>
    public string? Refusal => _refusal;

    /// <summary>Refuses for good: the store is not the one whose checkpoint was published.</summary>
    internal void Refuse(string sentence) => _refusal ??= sentence;

    /// <summary>Says or takes back the problem of one part; null when it is well again. True when that changed.</summary>
    internal bool Set(string part, string? sentence)
    {
        if (sentence is null)
        {
            return _problems.TryRemove(part, out _);
        }

        var changed = !_problems.TryGetValue(part, out var last) || last != sentence;
        _problems[part] = sentence;
        return changed;
    }
}
