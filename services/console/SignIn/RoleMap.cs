using Microsoft.Extensions.Options;

namespace Chaperone.Console.SignIn;

/// <summary>From groups to roles. Asked on every request, so a changed setting counts after a restart whatever a cookie says.</summary>
internal sealed class RoleMap(IOptions<ConsoleOptions> options)
{
    public ConsoleRoles RolesOf(IReadOnlyCollection<string> groups) =>
        Part(options.Value.ApproverGroups, groups, ConsoleRoles.Approver)
        | Part(options.Value.AnalystGroups, groups, ConsoleRoles.Analyst)
        | Part(options.Value.AdminGroups, groups, ConsoleRoles.Admin)
        | Part(options.Value.RevealGroups, groups, ConsoleRoles.Revealer)
        | Part(options.Value.CustodianGroups, groups, ConsoleRoles.Custodian)
        | Part(options.Value.ReviewerGroups, groups, ConsoleRoles.Reviewer);

    private static ConsoleRoles Part(string[] wanted, IReadOnlyCollection<string> groups, ConsoleRoles role) =>
        wanted.Any(w => groups.Contains(w, StringComparer.Ordinal)) ? role : ConsoleRoles.None;
}
