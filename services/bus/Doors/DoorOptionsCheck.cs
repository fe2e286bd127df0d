using Microsoft.Extensions.Options;

namespace Chaperone.Bus.Doors;

/// <summary>The addresses must be some.</summary>
internal sealed class DoorOptionsCheck : IValidateOptions<DoorOptions>
{
    public ValidateOptionsResult Validate(string? name, DoorOptions options)
    {
        var problems = options.TrustedProxies.Where(p => !ClientAddress.IsNetwork(p))
            .Select(p => $"Doors:TrustedProxies names '{p}'; give an address such as 10.0.0.5 or a network such as 10.0.1.0/24.")
            .ToArray();
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
