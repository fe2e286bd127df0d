using Microsoft.AspNetCore.Authorization;

namespace Chaperone.Console.SignIn;

/// <summary>Default deny: only a role named in the settings lets a person in.</summary>
internal sealed class RoleHandler(RoleMap roles) : AuthorizationHandler<RoleRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRequirement requirement)
    {
        if ((roles.RolesOf(ConsoleIdentity.GroupsOf(context.User)) & requirement.AnyOf) != ConsoleRoles.None)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
