using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Evidence;

/// <summary>Which records belong into a bundle. Not for concurrent use.</summary>
internal sealed class EvidenceSelection(EvidenceFilter filter)
{
    private const int LongestWord = 128;

    private readonly HashSet<Guid> _decided = [];

    /// <summary>True when the filter asks for calls, so that records that are about none stay out.</summary>
    private bool IsAboutCalls => filter.User is not null || filter.Server is not null || filter.Tool is not null || filter.SessionId is not null || NeedsDecisions;

    /// <summary>True when all records of the period must be told to <see cref="Note"/> before <see cref="Has"/> is asked.</summary>
    public bool NeedsDecisions => filter.Decision is not null;

    /// <summary>Refuses a filter that cannot be met or must not be written down.</summary>
    /// <exception cref="EvidenceException">Names the member and the remedy.</exception>
    public static void Check(EvidenceFilter filter)
    {
        if (filter.From >= filter.To)
        {
            throw new EvidenceException("The period ends before it begins: give an end after the beginning.");
        }

        foreach (var (name, word) in (ReadOnlySpan<(string, string?)>)[("user", filter.User), ("server", filter.Server), ("tool", filter.Tool)])
        {
            if (word is not null && !IsWord(word, isPerson: name == "user"))
            {
                throw new EvidenceException($"The filter '{name}' has {word.Length} characters that do not look like a name of a {name}; it would be written into the bundle. Give it as the records show it.");
            }
        }

        if (filter.TreeSize is < 1)
        {
            throw new EvidenceException("The tree size must be 1 or more.");
        }
    }

    /// <summary>True if the leaf lies in the period.</summary>
    public bool IsInPeriod(LeafFacts leaf) => leaf.At >= filter.From && leaf.At < filter.To;

    /// <summary>Remembers how a call was decided.</summary>
    public void Note(RecordEntry entry)
    {
        if (entry.Call is { } call && entry.Decision?.Effect == filter.Decision)
        {
            _decided.Add(call.CallId);
        }
    }

    /// <summary>True if a record of the period belongs into the bundle.</summary>
    public bool Has(EvidenceRecord record)
    {
        if (!IsAboutCalls)
        {
            return true;
        }

        return record.Entry.Call is { } call
            && (filter.User is null || filter.User == call.Principal.Subject || string.Equals(filter.User, call.Principal.Email, StringComparison.OrdinalIgnoreCase))
            && (filter.Server is null || filter.Server == call.Server)
            && (filter.Tool is null || filter.Tool == call.Target)
            && (filter.SessionId is null || filter.SessionId == call.SessionId)
            && (!NeedsDecisions || _decided.Contains(call.CallId));
    }

    private static bool IsWord(string word, bool isPerson)
    {
        // A subject is the identity provider's: often a GUID, with more digits than a name has.
        return isPerson
            ? word.Length is > 0 and <= LongestWord && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '@' or '.' or '-' or '_' or '|' or ':' or '/' or '+')
            : PlainNames.OrNull(word) is not null;
    }
}
