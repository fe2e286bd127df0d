using System.Text;
using Chaperone.Bus;
using Chaperone.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>What a held call really says is shown to few, with a reason, and only once that is recorded.</summary>
public abstract class RevealTests(IStoreUnderTest store)
{
    private static readonly Principal Officer = People.Person("olga", "olga@clinic.example", "privacy-office");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reveal_ByAnOfficerWithAReason_IsRecordedThenShown()
    {
        await using var bench = await StartAsync();
        var id = (await bench.AskAsync(Token)).ApprovalId;
        var call = (await bench.ShowAsync(id, Token)).Call;

        var shown = await RevealAsync(bench, id, Officer, " which patient is it ");

        Assert.Null(shown.Problem);
        Assert.Equal(RecordedCalls.Raw, Encoding.UTF8.GetString(bench.Seal.Open(shown.Message!, call.CallId)));
        var record = bench.Journal.Entries[^1];
        Assert.Equal((RecordKind.Reveal, "revealed", "which patient is it"), (record.Kind, record.Approval!.Step, record.Approval.Reason));
        Assert.True(record.Actor!.IsSamePerson(Officer));
        Assert.DoesNotContain("MRN", System.Text.Json.JsonSerializer.Serialize(bench.Journal.Entries), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("approver", "why", "Original values are shown to members of the groups of Approval:Reveal only.")]
    [InlineData("officer", " ", "Say why you have to see the original values; it is recorded.")]
    [InlineData("nobody", "why", "Your sign-in does not say who you are; sign in again.")]
    public async Task Reveal_NotAllowed_ShowsNothingAndIsRecorded(string who, string reason, string problem)
    {
        await using var bench = await StartAsync();
        var id = (await bench.AskAsync(Token)).ApprovalId;
        var person = who switch { "officer" => Officer, "nobody" => Officer with { Subject = " " }, _ => People.Ann };

        var shown = await RevealAsync(bench, id, person, reason);

        Assert.Equal((null, problem), (shown.Message, shown.Problem));
        Assert.Equal(["asked", "refused"], bench.Journal.Steps(id));
    }

    [Fact]
    public async Task Reveal_NoGroupsConfigured_IsOffForEverybody()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;

        Assert.Equal("Original values are shown to nobody: Approval:Reveal names no groups.", (await RevealAsync(bench, id, Officer, "why")).Problem);
    }

    /// <summary>Property: no record, nothing shown.</summary>
    [Fact]
    public async Task Reveal_JournalAway_ShowsNothing()
    {
        await using var bench = await StartAsync();
        var id = (await bench.AskAsync(Token)).ApprovalId;
        bench.Journal.Down = true;

        await Assert.ThrowsAsync<BusUnavailableException>(() => RevealAsync(bench, id, Officer, "why"));
    }

    [Fact]
    public async Task Reveal_UnknownRequest_SaysSo()
    {
        await using var bench = await StartAsync();

        Assert.Equal("There is no request APR-9.", (await RevealAsync(bench, "APR-9", Officer, "why")).Problem);
    }

    private static Task<ArgumentsRevealed> RevealAsync(DeskBench bench, string id, Principal who, string reason) =>
        bench.Services.GetRequiredService<Revealer>().RevealAsync(new RevealArguments { ApprovalId = id, Person = who, Reason = reason }, Token);

    private Task<DeskBench> StartAsync() => DeskBench.StartAsync(store, Token, ("Approval:Reveal:0", "privacy-office"));
}
