using System.Net;
using Microsoft.Extensions.Options;

namespace Chaperone.Bus.Telemetry;

/// <summary>What attributes cannot say of <see cref="TelemetryOptions"/>.</summary>
internal sealed class TelemetryOptionsCheck : IValidateOptions<TelemetryOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        var failures = new List<string>();
        if (!IPAddress.TryParse(options.MetricsAddress, out _))
        {
            failures.Add($"Telemetry:MetricsAddress is '{options.MetricsAddress}', which is no IP address; name one of this machine's, e.g. 127.0.0.1 or 0.0.0.0.");
        }

        if (options.OtlpEndpoint is { } endpoint && (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps)))
        {
            failures.Add($"Telemetry:OtlpEndpoint is '{endpoint}', which is no http or https URL; e.g. http://collector:4317.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
