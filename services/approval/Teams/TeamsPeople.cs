using Chaperone.Approval.Store;
using Chaperone.Contracts;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Teams;

/// <summary>Who stands behind an account in Teams: the one person who signed in to the console, as an approver, with the same account (or its address), not longer ago than a sign-in lasts. Groups are those of that sign-in.</summary>
internal sealed class TeamsPeople(BotConnector connector, PersonStore people, IOptions<ApprovalOptions> options, TimeProvider time)
{
    /// <summary>The person, or why there is none, in one sentence for whoever pressed.</summary>
    public async Task<(Principal? Person, string? Problem)> WhoAsync(BotActivity activity, CancellationToken cancellationToken)
    {
        var bot = options.Value.Teams.Bot;
        if (!string.Equals(activity.Tenant, bot.TenantId, StringComparison.OrdinalIgnoreCase))
        {
            return (null, TeamsSentences.OtherOrganisation);
        }

        if (activity.ObjectId is not { } account || !Guid.TryParse(account, out _))
        {
            return (null, TeamsSentences.NoAccount);
        }

        var now = time.GetUtcNow();
        IReadOnlyList<Principal> found;
        if (bot.MatchBy == TeamsMatch.ObjectId)
        {
            found = await people.FindAccountAsync(EntraAccount.Of(bot.TenantId!, account), bot.SignInLifetime, now, cancellationToken);
        }
        else
        {
            var email = activity is { Conversation: { } conversation, User: { } user } ? await connector.EmailAsync(conversation, user, cancellationToken) : null;
            if (string.IsNullOrWhiteSpace(email))
            {
                return (null, TeamsSentences.NoEmail);
            }

            found = await people.FindAsync(email, bot.SignInLifetime, now, cancellationToken);
        }

        return found.Count switch
        {
            1 => (found[0], null),
            0 => (null, TeamsSentences.NotSignedIn(options.Value.ConsoleUrl)),
            _ => (null, TeamsSentences.Ambiguous),
        };
    }
}
