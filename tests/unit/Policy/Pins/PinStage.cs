using System.Text;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Pins;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Policy.Tests.Pins;

/// <summary>A pin desk over a real SQLite file, and what a test shows it.</summary>
internal sealed class PinStage : IAsyncDisposable
{
    public static readonly FakeSeal Seal = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("chaperone-pins-").FullName;
    private readonly List<PinStore> _stores = [];

    public PinStage() => Desk = NewDesk();

    public FakeJournal Journal { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    public PinDesk Desk { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Another policy worker over the same file.</summary>
    public PinDesk NewDesk()
    {
        var store = new PinStore(new SqlitePins(_folder));
        _stores.Add(store);
        return new PinDesk(store, new PinRecords(Journal, Seal, Time, NullLogger<PinRecords>.Instance), Seal, Time, NullLogger<PinDesk>.Instance);
    }

    /// <summary>Shows a whole list; the names of the tools that stay.</summary>
    public async Task<string[]> ShowAsync(string tools, PinningMode mode = PinningMode.FirstUse, PinDesk? desk = null)
    {
        var listing = ToolListing.TryRead("clinic", Answer(tools, null))!;
        var shown = await (desk ?? Desk).ReviewAsync(List, listing, mode, whole: true, Token);
        return [.. listing.Entries.Where((_, i) => shown![i]).Select(e => e!.Name)];
    }

    /// <summary>Shows a part of a list; the names of the tools that stay, null where the whole is wanted first.</summary>
    public async Task<string[]?> ShowPartAsync(string tools, string? next, bool whole, PinningMode mode = PinningMode.FirstUse)
    {
        var listing = ToolListing.TryRead("clinic", Answer(tools, next))!;
        return await Desk.ReviewAsync(List, listing, mode, whole, Token) is { } shown ? [.. listing.Entries.Where((_, i) => shown[i]).Select(e => e!.Name)] : null;
    }

    /// <summary>What becomes of an allowed call of <paramref name="tool"/>.</summary>
    public async Task<CallDecided> CallAsync(string tool, PinningMode mode = PinningMode.FirstUse, PinDesk? desk = null)
    {
        var call = PolicyText.Call("tools/call", tool);
        var allowed = PolicyText.Engine("{ name: all, match: { role: nurse, tool: '*' }, effect: allow }").Decide(call, PolicyText.Message(call));
        Assert.Equal(CallEffect.Allow, allowed.Decision.Effect);
        return await (desk ?? Desk).AdmitAsync(call, allowed, mode, Token);
    }

    /// <summary>Answers about the definition of <paramref name="tool"/> that the server shows now.</summary>
    public async Task<ToolDecided> DecideAsync(string tool, bool accept, string reason = "Read and understood.")
    {
        var page = await Desk.ListAsync(new ListTools { Limit = 200 }, Token);
        return await Desk.DecideAsync(new DecideTool { ToolId = page.Items.Single(i => i.Tool == tool && i.Current).ToolId, Accept = accept, Reason = reason, Decider = Admin }, Token);
    }

    public static Principal Admin { get; } = new() { Issuer = "https://issuer.example", Subject = "a1", Name = "Ana Admin", Groups = ["it-admins"], ClientId = "console" };

    private static CallFacts List => PolicyText.Call("tools/list");

    public static string Tool(string name, string description = "Reads a patient.") => JsonSerializer.Serialize(new { name, description, inputSchema = new { type = "object" } });

    private static byte[] Answer(string tools, string? next) =>
        Encoding.UTF8.GetBytes($"{{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{{\"tools\":[{tools}]{(next is null ? string.Empty : $",\"nextCursor\":\"{next}\"")}}}}}");

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
