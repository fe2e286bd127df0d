using Chaperone.Bus;
using Chaperone.Contracts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chaperone.Policy.Tests;

public sealed class PolicyServiceTests
{
    private static ServiceProvider Provider(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        return new ServiceCollection().AddLogging().AddMetrics()
            .AddSingleton<IJournal, FakeJournal>()
            .AddSingleton<Chaperone.Bus.Sealing.IPayloadSeal, FakeSeal>()
            .AddPolicy(configuration)
            .BuildServiceProvider();
    }

    [Fact]
    public async Task Options_Wrong_AllToldAtOnce()
    {
        await using var provider = Provider(("Policy:File", " "), ("Policy:PollInterval", "00:00:00"), ("Policy:SettleTime", "00:02:00"), ("Policy:ListTtlMilliseconds", "-1"));

        var refused = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<PolicyOptions>>().Value);

        Assert.Equal(
            [
                "Policy:File is empty; name the policy file, e.g. /etc/chaperone/policy.yaml.",
                "Policy:PollInterval is 00:00:00; use 00:00:00.1000000 to 00:10:00.",
                "Policy:SettleTime is 00:02:00; use 00:00:00.0100000 to 00:01:00.",
                "Policy:ListTtlMilliseconds is -1; use 0 to 86400000.",
            ],
            refused.Failures);
    }

    [Fact]
    public async Task Doors_AreRegistered()
    {
        await using var provider = Provider();

        Assert.IsType<EvaluateCallDoor>(provider.GetRequiredService<IDoor<EvaluateCall, CallDecided>>());
        Assert.IsType<ReviewListDoor>(provider.GetRequiredService<IDoor<ReviewList, ListReviewed>>());
    }
}
