using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Recorder.Tests;

/// <inheritdoc />
public sealed class SqliteDisclosureTests : DisclosureTests
{
    internal override Task<RecorderRig> StartAsync(Action<IServiceCollection>? change = null) => RecorderRig.StartAsync(change: change);
}
