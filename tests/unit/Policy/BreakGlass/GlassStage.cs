using System.Text;
using System.Text.Json.Nodes;
using Chaperone.Contracts;
using Chaperone.Policy.BreakGlass;
using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Pins;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Policy.Tests.BreakGlass;

/// <summary>Break-glass desks over one real SQLite file, under one policy.</summary>
internal sealed class GlassStage : IAsyncDisposable
{
    public const string Yaml = """
        version: 1
        roles: { nurse: { groups: [nurses] }, physician: { groups: [physicians] }, emergency: { groups: [er] }, privacy: { groups: [po] } }
        servers: { clinic: { url: "http://127.0.0.1:7101/mcp", pinning: off }, vip: { url: "http://127.0.0.1:7102/mcp", pinning: off } }
        break_glass: { roles: [emergency], reviewers: [privacy], at_most: 30m, review_within: 12h }
        rules:
          - { name: reads, match: { server: clinic, tool: get_chart, role: physician }, effect: allow }
          - { name: vip-chart, match: { server: clinic, tool: get_chart, arguments: { vip: { equals: true } }, principal: { break_glass: false } }, effect: deny, reason: VIP charts are closed. }
          - { name: emergency-notes, match: { server: clinic, tool: get_notes, principal: { break_glass: true } }, effect: allow, masking: none }
          - { name: emergency-vip, match: { server: vip, tool: '*', principal: { break_glass: true } }, effect: allow }
        """;

    public static readonly Guid Window = Guid.Parse("01980000-0000-7000-8000-0000000000c1");
    public static readonly FakeSeal Seal = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("chaperone-glass-").FullName;
    private readonly List<BreakGlassStore> _stores = [];

    public GlassStage() => Desk = NewDesk();

    public PolicyEngine Engine { get; } = new(PolicyText.Document(Yaml));

    public BreakGlassTerms Terms => Engine.Document.BreakGlass!;

    public FakeJournal Journal { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    public BreakGlassDesk Desk { get; }

    public static Principal Physician { get; } = Person("dr", "physicians", "er");

    public static Principal Officer { get; } = Person("po", "po");

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Principal Person(string subject, params string[] groups) =>
        new() { Issuer = "https://issuer.example", Subject = subject, Name = subject.ToUpperInvariant(), Groups = groups, ClientId = "console" };

    /// <summary>Another policy worker over the same file.</summary>
    public BreakGlassDesk NewDesk(IPinConnections? connections = null)
    {
        var store = new BreakGlassStore(connections ?? new SqlitePins(_folder));
        _stores.Add(store);
        return new BreakGlassDesk(store, new BreakGlassRecords(Journal, NullLogger<BreakGlassRecords>.Instance), Seal, Time, NullLogger<BreakGlassDesk>.Instance);
    }

    public async Task<string?> ChangeAsync(BreakGlassChange change, Principal actor, string? words = "Unconscious in the ER, no chart.", int minutes = 15, Guid? id = null, bool justified = true, bool configured = true, BreakGlassDesk? desk = null) =>
        (await (desk ?? Desk).ChangeAsync(
            new ChangeBreakGlass
            {
                Change = change,
                WindowId = id ?? Window,
                Actor = actor,
                Minutes = minutes,
                Justified = justified,
                Words = words is null ? null : Seal.Seal(Encoding.UTF8.GetBytes(words), id ?? Window),
            },
            configured ? Terms : null, new string('d', 64), Token)).Problem;

    public async Task<CallDecided> CallAsync(Principal caller, string tool = "get_notes", string? arguments = null, string server = "clinic", BreakGlassDesk? desk = null)
    {
        var call = PolicyText.Call("tools/call", tool, server) with { Principal = caller with { ClientId = "claude" } };
        Glass glass = await (desk ?? Desk).GlassOfAsync(Engine, call.Principal, Token);
        return Engine.Decide(call, PolicyText.Message(call, arguments), Time.GetUtcNow(), null, glass);
    }

    public Task<BreakGlassReport> ReadAsync(Guid? id = null) => Desk.ReadAsync(new ReadBreakGlass { WindowId = id }, Terms, Token).AsTask();

    public (RecordKind Kind, string? Alarm)[] Recorded => [.. Journal.Entries.Select(e => (e.Kind, (string?)JsonNode.Parse(e.Note!)!["alarm"]))];

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
