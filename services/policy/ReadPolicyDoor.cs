using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Reading;
using Chaperone.Policy.Reloading;
using Chaperone.Policy.Versions;

namespace Chaperone.Policy;

/// <summary>Shows the policy in force and those before it, without what servers are sent.</summary>
internal sealed class ReadPolicyDoor(PolicyKeeper keeper, VersionKeeper versions, VersionArchive archive, RuleHits hits) : IDoor<ReadPolicy, PolicyReport>
{
    private const int MostVersions = 200;

    /// <inheritdoc/>
    public ValueTask<PolicyReport> AnswerAsync(ReadPolicy request, CancellationToken cancellationToken)
    {
        var current = keeper.Current.Document;
        var shown = versions.Find(request.Digest ?? current.Digest);
        var against = request.Against is { } other ? versions.Find(other) : null;
        return ValueTask.FromResult(new PolicyReport
        {
            InForce = current.Digest,
            File = current.File,
            RequiresSignature = versions.RequiresSignature,
            Problems = [.. keeper.Problems.Select(p => p.ToString())],
            Versions = [.. archive.Read().Reverse().Take(MostVersions).Select(Item)],
            Digest = shown is null ? null : request.Digest ?? current.Digest,
            Rules = shown is null ? [] : [.. PolicyParts.Rules(shown).Select(r => new PolicyRuleItem { Name = r.Name, Text = r.Text, Decided = hits.Of(r.Name) })],
            Differences = shown is null || against is null ? [] : [.. Differences(against, shown)],
        });
    }

    private static PolicyVersionItem Item(PolicyVersion version) => new()
    {
        Digest = version.Digest,
        At = version.At,
        Signers = version.Signers,
        Rules = version.Rules,
        Changes = version.Changes.Added.Length + version.Changes.Removed.Length + version.Changes.Changed.Length,
    };

    private static IEnumerable<PolicyDifference> Differences(PolicyBundle before, PolicyBundle after)
    {
        var (was, now) = (PolicyParts.Of(before), PolicyParts.Of(after));
        foreach (var part in was.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (old, @new) = (was.GetValueOrDefault(part), now.GetValueOrDefault(part));
            if (old != @new)
            {
                yield return PolicyParts.MayShow(part) ? new PolicyDifference { Part = part, Before = old, After = @new } : new PolicyDifference { Part = part };
            }
        }
    }
}
