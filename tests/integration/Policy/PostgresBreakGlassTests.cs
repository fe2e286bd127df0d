using System.Collections.Concurrent;
using System.Text;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Policy.BreakGlass;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Pins;
using Chaperone.Policy.Reading;
using Chaperone.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Chaperone.Integration.Tests.Policy;

/// <summary>Break-glass windows on PostgreSQL: two policy workers, one truth.</summary>
public sealed class PostgresBreakGlassTests(SharedPostgres postgres)
{
    private static readonly PolicyEngine Engine = new(PolicyFile.Read("policy.yaml", """
        version: 1
        roles: { emergency: { groups: [er] }, privacy: { groups: [po] } }
        servers: { clinic: { url: "http://127.0.0.1:7101/mcp" } }
        break_glass: { roles: [emergency], reviewers: [privacy], at_most: 30m }
        rules:
          - { name: notes, match: { tool: get_notes, principal: { break_glass: true } }, effect: allow }
        """u8).Document!);

    private readonly QuietJournal _journal = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Postgres_TwoWorkers_ShareWindowsAndReviews()
    {
        var connection = await (await postgres.GetAsync()).CreateDatabaseAsync(Token);
        await using var oneStore = new BreakGlassStore(new PostgresPins(NpgsqlDataSource.Create(connection)));
        await using var otherStore = new BreakGlassStore(new PostgresPins(NpgsqlDataSource.Create(connection)));
        var (one, other) = (DeskOf(oneStore), DeskOf(otherStore));
        var id = Guid.CreateVersion7();

        Assert.Null(await ChangeAsync(one, BreakGlassChange.Open, id, Physician, "Unconscious in the ER."));
        Assert.Equal(id, (await other.GlassOfAsync(Engine, Physician, Token)).Window);
        Assert.Null(await ChangeAsync(other, BreakGlassChange.Close, id, Officer, null));

        // Another worker's answer counts within a second.
        await TestLimits.UntilAsync(async () => (await one.GlassOfAsync(Engine, Physician, Token)).Window is null, "the other worker's close to count", Token);
        Assert.Equal(1, (await one.ReadAsync(new ReadBreakGlass(), Engine.Document.BreakGlass, Token)).Unreviewed);
        Assert.Null(await ChangeAsync(one, BreakGlassChange.Review, id, Officer, "One patient, who was here."));
        var window = Assert.Single((await other.ReadAsync(new ReadBreakGlass { WindowId = id }, Engine.Document.BreakGlass, Token)).Windows);
        Assert.Equal(("po", "po", true), (window.ClosedBy!.Subject, window.ReviewedBy!.Subject, window.Justified));
        Assert.Equal([RecordKind.Alarm, RecordKind.Alarm, RecordKind.Review], _journal.Entries.Select(e => e.Kind));
    }

    /// <summary>One person, two workers, one click each: one window, and one alarm.</summary>
    [Fact]
    public async Task Postgres_OpenedTwiceAtOnce_IsOneWindow()
    {
        var connection = await (await postgres.GetAsync()).CreateDatabaseAsync(Token);
        await using var oneStore = new BreakGlassStore(new PostgresPins(NpgsqlDataSource.Create(connection)));
        await using var otherStore = new BreakGlassStore(new PostgresPins(NpgsqlDataSource.Create(connection)));

        var problems = await Task.WhenAll(
            ChangeAsync(DeskOf(oneStore), BreakGlassChange.Open, Guid.CreateVersion7(), Physician, "Unconscious in the ER."),
            ChangeAsync(DeskOf(otherStore), BreakGlassChange.Open, Guid.CreateVersion7(), Physician, "Unconscious in the ER."));

        Assert.Single(problems, p => p is null);
        Assert.Single(_journal.Entries);
    }

    [Fact]
    public async Task Postgres_Away_GlassIsBrokenForNobody()
    {
        await using var store = new BreakGlassStore(new PostgresPins(NpgsqlDataSource.Create($"Host=127.0.0.1;Port={PrivatePorts.Take()};Username=u;Database=d;Timeout=1")));

        Assert.True((await DeskOf(store).GlassOfAsync(Engine, Physician, Token)).IsUnknown);
        Assert.NotNull(await ChangeAsync(DeskOf(store), BreakGlassChange.Open, Guid.CreateVersion7(), Physician, "Unconscious in the ER."));
        Assert.Empty(_journal.Entries);
    }

    private static Principal Physician { get; } = new() { Issuer = "https://issuer.example", Subject = "dr", Groups = ["er"], ClientId = "console" };

    private static Principal Officer { get; } = new() { Issuer = "https://issuer.example", Subject = "po", Groups = ["po"], ClientId = "console" };

    private BreakGlassDesk DeskOf(BreakGlassStore store) =>
        new(store, new BreakGlassRecords(_journal, NullLogger<BreakGlassRecords>.Instance), new PlainSeal(), TimeProvider.System, NullLogger<BreakGlassDesk>.Instance);

    private static async Task<string?> ChangeAsync(BreakGlassDesk desk, BreakGlassChange change, Guid id, Principal actor, string? words) =>
        (await desk.ChangeAsync(
            new ChangeBreakGlass
            {
                Change = change,
                WindowId = id,
                Actor = actor,
                Minutes = 10,
                Justified = true,
                Words = words is null ? null : new SealedPayload { KeyId = "k", Nonce = new byte[12], Ciphertext = Encoding.UTF8.GetBytes(words) },
            },
            Engine.Document.BreakGlass, Engine.Document.Digest, Token)).Problem;

    private sealed class PlainSeal : IPayloadSeal
    {
        public SealedPayload Seal(ReadOnlySpan<byte> plaintext, Guid context) => new() { KeyId = "k", Nonce = new byte[12], Ciphertext = plaintext.ToArray() };

        public byte[] Open(SealedPayload payload, Guid context) => payload.Ciphertext;
    }

    private sealed class QuietJournal : IJournal
    {
        public ConcurrentQueue<RecordEntry> Entries { get; } = new();

        public ValueTask WriteAsync(RecordEntry entry, CancellationToken cancellationToken)
        {
            Entries.Enqueue(entry);
            return ValueTask.CompletedTask;
        }
    }
}
