using System.ComponentModel.DataAnnotations;

namespace Chaperone.Policy;

/// <summary>Settings under <c>Policy</c> (environment <c>CHAPERONE_Policy__...</c>).</summary>
public sealed class PolicyOptions
{
    /// <summary>The policy file; default <c>policy.yaml</c> in the working directory. It must be there and free of problems at start.</summary>
    [Required(ErrorMessage = "Policy:File is empty; name the policy file, e.g. /etc/chaperone/policy.yaml.")]
    public string File { get; set; } = "policy.yaml";

    /// <summary>Between two looks at the file beside the file system's own notices; default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ErrorMessage = "Policy:PollInterval is {0}; use a time from 00:00:00.100 to 00:10:00.")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a changed file must stay the same before it is read; default 200 ms. Half a file can be a valid policy: never 0.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00", ErrorMessage = "Policy:SettleTime is {0}; use a time from 00:00:00.010 to 00:01:00.")]
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest time in milliseconds that a 2026-07-28 client may keep a list; default 60,000. A change of the policy shows in lists after it; calls are decided anew each time.</summary>
    [Range(0, 86_400_000, ErrorMessage = "Policy:ListTtlMilliseconds is out of range; use 0 to 86400000.")]
    public int ListTtlMilliseconds { get; set; } = 60_000;
}
