using Chaperone.Approval.Store;
using Chaperone.Contracts;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Slack;

/// <summary>
/// Who stands behind a Slack account: the one person who signed in to the console, as an approver, with the account's confirmed
/// address, not longer ago than a sign-in lasts. So a person may do in Slack what the console would let them do, with the groups
/// that the identity provider gave them there, and nothing that Slack says about groups counts.
/// </summary>
internal sealed class SlackPeople(SlackApi api, PersonStore people, IOptions<ApprovalOptions> options, TimeProvider time)
{
    /// <summary>The person, or why there is none, in one sentence for whoever clicked.</summary>
    public async Task<(Principal? Person, string? Problem)> WhoAsync(SlackClick click, CancellationToken cancellationToken)
    {
        var home = (await api.SelfAsync(cancellationToken)).Team;
        if (click.Team != home)
        {
            return (null, SlackSentences.OtherWorkspace);
        }

        var user = await api.UserAsync(click.User, cancellationToken);
        if (!user.IsMember || user.Team != home)
        {
            return (null, SlackSentences.NoMember);
        }

        if (user.Email is not { } email)
        {
            return (null, SlackSentences.NoEmail);
        }

        var found = await people.FindAsync(email, options.Value.Slack.SignInLifetime, time.GetUtcNow(), cancellationToken);
        return found.Count switch
        {
            1 => (found[0], null),
            0 => (null, SlackSentences.NotSignedIn(options.Value.ConsoleUrl)),
            _ => (null, SlackSentences.Ambiguous),
        };
    }
}
