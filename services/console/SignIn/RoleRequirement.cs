using Microsoft.AspNetCore.Authorization;

namespace Chaperone.Console.SignIn;

/// <summary>One of these roles is needed.</summary>
internal sealed record RoleRequirement(ConsoleRoles AnyOf) : IAuthorizationRequirement;
