using System.ComponentModel.DataAnnotations;
using Chaperone.Bus;
using Chaperone.Bus.Doors;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge;

/// <summary>The rules between settings; all problems are reported at once.</summary>
internal sealed class EdgeOptionsCheck(IOptions<BusOptions> bus) : IValidateOptions<EdgeOptions>
{
    private static readonly string[] Asymmetric = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    public ValidateOptionsResult Validate(string? name, EdgeOptions options)
    {
        var problems = new List<string>();
        if (!options.PublicUrl.IsAbsoluteUri || options.PublicUrl.Scheme is not ("http" or "https"))
        {
            problems.Add($"Edge:PublicUrl is '{options.PublicUrl}'; give an absolute http or https URL.");
        }

        if (options.RefuseAfter is { } refuseAfter && HotTimeout() is { } hot && refuseAfter <= hot)
        {
            problems.Add($"Edge:RefuseAfter is {refuseAfter}; make it longer than Bus:HotTimeout ({hot}), or leave it out: an answer whose masking takes that long would be withheld after the call was executed.");
        }

        problems.AddRange(options.TrustedProxies.Where(p => !ClientAddress.IsNetwork(p)).Select(p => $"Edge:TrustedProxies names '{p}'; give an address such as 10.0.0.5 or a network such as 10.0.1.0/24."));
        for (var i = 0; i < options.Issuers.Count; i++)
        {
            var issuer = options.Issuers[i];
            var results = new List<ValidationResult>();
            Validator.TryValidateObject(issuer, new ValidationContext(issuer), results, validateAllProperties: true);
            problems.AddRange(results.Select(r => $"Edge:Issuers:{i}: {r.ErrorMessage}"));
            if (issuer.Introspection is { } introspection)
            {
                results.Clear();
                Validator.TryValidateObject(introspection, new ValidationContext(introspection), results, validateAllProperties: true);
                problems.AddRange(results.Select(r => $"Edge:Issuers:{i}:Introspection: {r.ErrorMessage}"));
                if (introspection.Endpoint is { } endpoint && !IsSafe(endpoint))
                {
                    problems.Add($"Edge:Issuers:{i}:Introspection:Endpoint is '{endpoint}'; use https, or http on loopback only.");
                }

                if (introspection.ClientSecretFile?.AsSpan().ContainsAny("${}#") == true)
                {
                    problems.Add($"Edge:Issuers:{i}:Introspection:ClientSecretFile has one of $ {{ }} # in it; name the file otherwise.");
                }
            }

            if (issuer.Authority is { IsAbsoluteUri: true } authority && authority.Scheme != "https" && !authority.IsLoopback)
            {
                problems.Add($"Edge:Issuers:{i}:Authority is '{authority}'; use https, or http on loopback only.");
            }

            problems.AddRange(issuer.Algorithms.Except(Asymmetric, StringComparer.Ordinal)
                .Select(a => $"Edge:Issuers:{i}:Algorithms names '{a}'; choose from {string.Join(", ", Asymmetric)}."));
        }

        problems.AddRange(options.Issuers.Where(i => i.Authority is not null).GroupBy(i => i.Name, StringComparer.Ordinal).Where(g => g.Count() > 1)
            .Select(g => $"Edge:Issuers names {g.Key} {g.Count()} times; name each issuer once."));
        if (options.Issuers.Count(i => i.Introspection?.OpaqueTokens == true) > 1)
        {
            problems.Add("Edge:Issuers has several with Introspection:OpaqueTokens; set it for one, for nobody can tell whose an opaque token is.");
        }

        CheckVault(options.Vault, problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private TimeSpan? HotTimeout()
    {
        try
        {
            return bus.Value.HotTimeout;
        }
        catch (OptionsValidationException)
        {
            // Said by the bus itself.
            return null;
        }
    }

    /// <summary>Whether secrets may be sent there.</summary>
    public static bool IsSafe(Uri url) => url.IsAbsoluteUri && (url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback));

    private static void CheckVault(VaultOptions vault, List<string> problems)
    {
        if (vault.Address is not { } address)
        {
            return;
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(vault, new ValidationContext(vault), results, validateAllProperties: true);
        problems.AddRange(results.Select(r => $"Edge:Vault: {r.ErrorMessage}"));
        if (!IsSafe(address))
        {
            problems.Add($"Edge:Vault:Address is '{address}'; use https, or http on loopback only.");
        }

        var logins = new[] { vault.TokenFile, vault.KubernetesRole, vault.AppRoleIdFile }.Count(l => l is not null);
        if (logins != 1 || (vault.AppRoleIdFile is null) != (vault.AppRoleSecretIdFile is null))
        {
            problems.Add("Edge:Vault has no login, or several; give TokenFile, KubernetesRole, or AppRoleIdFile with AppRoleSecretIdFile.");
        }
    }

    /// <summary>The algorithms an issuer's tokens may be signed with.</summary>
    public static IEnumerable<string> AlgorithmsOf(IssuerOptions issuer) => issuer.Algorithms.Count > 0 ? issuer.Algorithms : Asymmetric;
}
