using Chaperone.Approval.Tests.Desk;

namespace Chaperone.Approval.Tests;

/// <summary>A SQLite file in the test's directory.</summary>
internal sealed class SqliteStore : IStoreUnderTest
{
    public Task<IReadOnlyDictionary<string, string?>> SettingsAsync(string directory, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string?>>(new Dictionary<string, string?>
        {
            ["Approval:DataDirectory"] = Path.Combine(directory, "approval"),
        });
}
