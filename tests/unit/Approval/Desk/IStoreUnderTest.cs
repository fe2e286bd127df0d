namespace Chaperone.Approval.Tests.Desk;

/// <summary>A kind of store the same tests run on.</summary>
public interface IStoreUnderTest
{
    /// <summary>Settings of an empty store; files go below <paramref name="directory"/>.</summary>
    Task<IReadOnlyDictionary<string, string?>> SettingsAsync(string directory, CancellationToken cancellationToken);
}
