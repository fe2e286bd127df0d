using System.Security.Claims;
using Microsoft.Extensions.Options;

namespace Chaperone.Console.SignIn;

/// <summary>Knows the person behind a request.</summary>
internal sealed class Visitors(RoleMap roles, IOptions<ConsoleOptions> options)
{
    public Visitor Of(ClaimsPrincipal user)
    {
        var person = ConsoleIdentity.ToPrincipal(user, options.Value.ClientId);
        return new Visitor(person, roles.RolesOf(person.Groups));
    }
}
