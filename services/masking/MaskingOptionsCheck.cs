using Microsoft.Extensions.Options;

namespace Chaperone.Masking;

/// <summary>Says everything that is wrong with <see cref="MaskingOptions"/> at once.</summary>
internal sealed class MaskingOptionsCheck : IValidateOptions<MaskingOptions>
{
    private const int Smallest = 1024;
    private const int Largest = 256 * 1024 * 1024;

    public ValidateOptionsResult Validate(string? name, MaskingOptions options)
    {
        var errors = new List<string>();
        if (options.MaxBytes is < Smallest or > Largest)
        {
            errors.Add($"Masking:MaxBytes is {options.MaxBytes}; give {Smallest} to {Largest} bytes.");
        }

        if (options.TimeBudget < TimeSpan.FromMilliseconds(10) || options.TimeBudget > TimeSpan.FromMinutes(1))
        {
            errors.Add($"Masking:TimeBudget is {options.TimeBudget}; give 00:00:00.010 to 00:01:00.");
        }

        if (string.IsNullOrWhiteSpace(options.KeyFile))
        {
            errors.Add("Masking:KeyFile is empty; name a file, e.g. data/keys/masking.key. It is created on first run.");
        }

        foreach (var host in options.PublicHosts ?? [])
        {
            if (string.IsNullOrWhiteSpace(host) || Uri.CheckHostName(host) != UriHostNameType.Dns || !host.Contains('.'))
            {
                errors.Add($"Masking:PublicHosts holds '{host}'; give host names such as hl7.org, without scheme or path.");
            }
        }

        errors.AddRange(Deep.DeepOptionsCheck.Errors(options.Deep, options.TimeBudget));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
