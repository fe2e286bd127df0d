using Chaperone.Contracts;

namespace Chaperone.Recorder.Tests;

public class IntegrityTests
{
    [Fact]
    public async Task ReadIntegrity_VerifyNow_SaysTheResultAndRecordsTheReview()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry(), rig.Entry());
        await rig.Log.PublishAsync(TestContext.Current.CancellationToken);
        var before = await rig.AskAsync<ReadIntegrity, IntegrityReport>(new ReadIntegrity());

        var report = await rig.AskAsync<ReadIntegrity, IntegrityReport>(new ReadIntegrity { VerifyNow = true, Actor = rig.Entry().Call!.Principal });

        Assert.Equal((null, false, 2L, 2L), (before.VerifiedResult, before.VerifiedOk, before.TreeSize, before.ProjectionLag));
        Assert.StartsWith("intact: 2 records", report.VerifiedResult, StringComparison.Ordinal);
        Assert.True(report.VerifiedOk);
        Assert.Equal(rig.Time.GetUtcNow(), report.VerifiedAt);
        Assert.StartsWith("chaperone.local/ledger\n2\n", report.Checkpoint, StringComparison.Ordinal);
        Assert.StartsWith("chaperone.local/ledger+", report.VerifierKey, StringComparison.Ordinal);
        Assert.Equal(3, report.TreeSize);
        await rig.AssertIntactAsync(3);
    }

    [Fact]
    public async Task ReadIntegrity_AfterRestart_RemembersTheLastVerification()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry());
        await rig.AskAsync<ReadIntegrity, IntegrityReport>(new ReadIntegrity { VerifyNow = true });
        await rig.FollowAsync();
        await rig.StopAsync();

        await using var again = await RecorderRig.StartAsync(rig.Folder);
        again.Time.Advance(TimeSpan.FromDays(1));
        var report = await again.AskAsync<ReadIntegrity, IntegrityReport>(new ReadIntegrity());

        Assert.True(report.VerifiedOk);
        Assert.Equal(rig.Time.GetUtcNow(), report.VerifiedAt);
        Assert.Equal(0, report.ProjectionLag);
    }
}
