using Microsoft.Extensions.Options;

namespace Chaperone.Bus.Signing;

/// <summary>Says all that is wrong with the settings at once, each with key, value and remedy.</summary>
internal sealed class PolicySigningCheck : IValidateOptions<PolicySigningOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PolicySigningOptions options)
    {
        var problems = new List<string>();
        if (options.RequireSignature && options.TrustedSigners.Count == 0)
        {
            problems.Add("Policy:RequireSignature is true and Policy:TrustedSigners is empty; name the public key of at least one signer, or no policy can come into force.");
        }

        for (var i = 0; i < options.TrustedSigners.Count; i++)
        {
            if (PolicySigners.TryRead(options.TrustedSigners[i]) is null)
            {
                problems.Add($"Policy:TrustedSigners:{i} is {options.TrustedSigners[i]}, which is no readable Ed25519 public key in PEM; write one with openssl pkey -in KEY -pubout.");
            }
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
