using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chaperone.Bus.Signing;

/// <summary>Wires <see cref="PolicySigners"/>.</summary>
public static class SigningService
{
    /// <summary>Adds the trusted signers of policies; once, however many rooms ask.</summary>
    public static IServiceCollection AddPolicySigners(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(s => s.ServiceType == typeof(PolicySigners)))
        {
            return services;
        }

        services.AddOptions<PolicySigningOptions>().Bind(configuration.GetSection("Policy")).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PolicySigningOptions>, PolicySigningCheck>());
        return services.AddSingleton<PolicySigners>();
    }
}
