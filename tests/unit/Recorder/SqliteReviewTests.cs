namespace Chaperone.Recorder.Tests;

/// <inheritdoc />
public sealed class SqliteReviewTests : ReviewTests
{
    internal override Task<RecorderRig> StartAsync() => RecorderRig.StartAsync();
}
