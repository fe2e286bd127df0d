using Chaperone.Policy.Limits;
using Chaperone.Policy.Pins;
using Microsoft.Extensions.Options;

namespace Chaperone.Policy;

/// <summary>Says all that is wrong with the settings at once, each with key, value and remedy.</summary>
internal sealed class PolicyOptionsCheck : IValidateOptions<PolicyOptions>
{
    private static readonly TimeSpan LeastPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MostPoll = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LeastSettle = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MostSettle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LeastSlot = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MostSlot = TimeSpan.FromHours(24);
    private static readonly int MostTtl = (int)TimeSpan.FromDays(1).TotalMilliseconds;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PolicyOptions options)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(options.File))
        {
            problems.Add("Policy:File is empty; name the policy file, e.g. /etc/chaperone/policy.yaml.");
        }

        if (string.IsNullOrWhiteSpace(options.VersionsFolder))
        {
            problems.Add("Policy:VersionsFolder is empty; name the folder that keeps the versions of the policy, e.g. /var/lib/chaperone/policy/versions.");
        }

        Check(nameof(options.PollInterval), options.PollInterval, LeastPoll, MostPoll);
        Check(nameof(options.SettleTime), options.SettleTime, LeastSettle, MostSettle);
        Check(nameof(options.SlotLifetime), options.SlotLifetime, LeastSlot, MostSlot);
        if (options.LimitStore == LimitStoreKind.PostgreSql && string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            problems.Add("Policy:ConnectionString is empty; name the database, e.g. Host=postgres;Database=policy;Username=policy, or set Policy:LimitStore to Memory.");
        }

        if (options.PinStore == PinStoreKind.PostgreSql && string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            problems.Add("Policy:ConnectionString is empty; name the database, e.g. Host=postgres;Database=policy;Username=policy, or set Policy:PinStore to Sqlite.");
        }

        if (options.PinStore == PinStoreKind.Sqlite && string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            problems.Add("Policy:DataDirectory is empty; name a directory of the policy room's own, e.g. data/policy.");
        }

        if (options.PasswordFile is { } file && !File.Exists(file))
        {
            problems.Add($"Policy:PasswordFile is {file}, which does not exist; create it, or remove the setting.");
        }

        Check(nameof(options.ListTtlMilliseconds), options.ListTtlMilliseconds, 0, MostTtl);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Check<T>(string key, T value, T least, T most)
            where T : IComparable<T>
        {
            if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            {
                problems.Add($"Policy:{key} is {value}; use {least} to {most}.");
            }
        }
    }
}
