using System.Text;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Recorder.Disclosures;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Search;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Recorder.Tests;

/// <summary>An accounting of disclosures (45 CFR 164.528) finds every answered call of a patient, says how identifiers left, and is itself recorded first.</summary>
public abstract class DisclosureTests
{
    private const string Reason = "Jane Roe asked for an accounting, ticket 4711.";

    private static readonly Principal Officer = new() { Issuer = "https://issuer.example", Subject = "officer", Name = "Olga Officer", Groups = ["privacy"], ClientId = "console" };
    private static readonly byte[] Jane = [.. Enumerable.Repeat((byte)0xA1, 16)];
    private static readonly byte[] Joe = [.. Enumerable.Repeat((byte)0xB2, 16)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Report_OfAPatient_HasEachAnsweredCallAndNoOther()
    {
        await using var rig = await StartAsync();
        var named = Outcome(rig, [(Jane, PatientIdentifierClass.Mrn, 3)], claims: [("purpose_of_use", "PATRQT"), ("organization", "Mercy Clinic")]);
        var masked = Outcome(rig, [(Jane, PatientIdentifierClass.Id, 2), (Joe, PatientIdentifierClass.Mrn, 2)]);
        var clear = Outcome(rig, [(Jane, PatientIdentifierClass.Mrn, 2)], exempt: ["mrn"]);
        var refused = Outcome(rig, [(Jane, PatientIdentifierClass.Mrn, 1)], status: OutcomeStatus.Refused);
        var other = Outcome(rig, [(Joe, PatientIdentifierClass.Mrn, 2)]);
        var unread = Outcome(rig, [], incomplete: true);
        await rig.KeepAsync(named, masked, clear, refused, other, unread);
        await rig.FollowAsync();

        var found = await FindAsync(rig, Jane);

        Assert.Null(found.Problem);
        Assert.Equal([0L, 1L, 2L], found.Items.Select(i => i.Index));
        Assert.Equal((1, 6L, false), (found.NothingGiven, found.TreeSize, found.More));
        Assert.Equal([5L], found.Incomplete);
        Assert.Equal(("PATRQT", "Mercy Clinic", true, true), (found.Items[0].Purpose, found.Items[0].Organization, found.Items[0].Asked, found.Items[0].Answered));
        Assert.Equal((null, "ID", "nurse-1", "get_patient"), (found.Items[1].Purpose, found.Items[1].Matched[0], found.Items[1].Recipient.Subject, found.Items[1].Target));
        Assert.Equal([DisclosedForm.Masked, DisclosedForm.Masked], found.Items[1].Classes.Select(c => c.Form));
        Assert.Equal([("MRN", DisclosedForm.Clear), ("NAME", DisclosedForm.Masked)], found.Items[2].Classes.Select(c => (c.Type, c.Form)));
        await AssertScanIsTheSameAsync(rig, found);
    }

    /// <summary>Who asked and why is in the ledger before the answer, and says nothing of the patient in clear.</summary>
    [Fact]
    public async Task Report_IsRecordedAndNamesNobody()
    {
        await using var rig = await StartAsync();
        await rig.KeepAsync(Outcome(rig, [(Jane, PatientIdentifierClass.Mrn, 2)]));
        await rig.FollowAsync();

        await FindAsync(rig, Jane);

        var record = Assert.Single(await rig.Store.ReadRecordsAsync(1, 1, Cancel));
        var opened = rig.Get<RecordOpener>().Open(record.Header!, record.Object!).Entry;
        Assert.Equal((RecordKind.Reveal, "officer", """{"accounting":"disclosures","calls":1,"from":"2020-11-23T00:00:00.000000Z","to":"2026-11-24T00:00:00.000000Z","tree_size":1}"""), (opened.Kind, opened.Actor!.Subject, opened.Note));
        Assert.Equal(Reason, Encoding.UTF8.GetString(rig.Get<RecordOpener>().OpenPart("reason", record.Header!, record.Object!)!));
        foreach (var file in Directory.EnumerateFiles(rig.Folder, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("Jane Roe", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancel)), StringComparison.Ordinal);
        }

        await rig.AssertIntactAsync(2);
    }

    /// <summary>Invariant 1: what cannot be recorded is not shown.</summary>
    [Fact]
    public async Task Report_ThatCannotBeRecorded_ShowsNothing()
    {
        await using var rig = await StartAsync(services => services.AddSingleton<IRecordKeeper, FullKeeper>());
        await ActivatorUtilities.CreateInstance<RecordKeeper>(rig.Get<IServiceProvider>()).KeepAsync([Outcome(rig, [(Jane, PatientIdentifierClass.Mrn, 2)])], Cancel);
        await rig.FollowAsync();

        await Assert.ThrowsAsync<RecordsNotKeptException>(() => FindAsync(rig, Jane));
    }

    [Theory]
    [InlineData("too short")]
    [InlineData("")]
    public async Task Report_WithoutAReason_IsRefusedAndNotRecorded(string reason)
    {
        await using var rig = await StartAsync();

        var found = await FindAsync(rig, Jane, reason);

        Assert.StartsWith("The reason has ", found.Problem, StringComparison.Ordinal);
        Assert.Equal(0, (await rig.Store.ReadHeadAsync(Cancel)).Size);
    }

    /// <summary>Records under a key that masking lost cannot be searched: the answer says so instead of looking complete.</summary>
    [Fact]
    public async Task Report_AfterAKeyWasLost_NamesIt()
    {
        await using var rig = await StartAsync();
        await rig.KeepAsync(Outcome(rig, [(Joe, PatientIdentifierClass.Mrn, 2)], key: "old-key"));
        await rig.FollowAsync();

        Assert.Equal(["old-key"], (await FindAsync(rig, Jane)).LostKeys);
    }

    /// <summary>The pseudonyms live as long as the facts: shredding messages after a short time must not end the accounting.</summary>
    [Fact]
    public async Task Part_WhenMessagesAreShredded_StillOpens()
    {
        await using var rig = await StartAsync();
        await rig.KeepAsync(Outcome(rig, [(Jane, PatientIdentifierClass.Mrn, 2)]));
        Destroy(rig);
        rig.Get<Keyring>().Forget();
        rig.Time.Advance(TimeSpan.FromDays(40));
        await rig.Get<ISearchStore>().OpenAsync(Cancel);
        await rig.FollowAsync();

        var record = Assert.Single(await rig.Store.ReadRecordsAsync(0, 1, Cancel));
        var opened = rig.Get<RecordOpener>().Open(record.Header!, record.Object!);

        Assert.Equal((true, "k1"), (opened.IsShredded, opened.Patients?.KeyId));
        Assert.Single((await FindAsync(rig, Jane)).Items);
    }

    /// <summary>Nobody is shown pseudonyms as if they were a message.</summary>
    [Fact]
    public async Task Part_IsNotOfferedToBeRevealed()
    {
        await using var rig = await StartAsync();
        var entry = Outcome(rig, [(Jane, PatientIdentifierClass.Mrn, 2)]);
        await rig.KeepAsync(entry);
        await rig.FollowAsync();

        var transcript = await rig.AskAsync<ReadSession, SessionTranscript>(new ReadSession { SessionId = entry.Call!.SessionId });
        var revealed = await rig.AskAsync<RevealRecord, RecordRevealed>(
            new RevealRecord { Index = 0, EventId = entry.EventId, Actor = Officer, Reason = rig.Seal.Seal(Encoding.UTF8.GetBytes(Reason), entry.EventId) });

        Assert.Empty(transcript.Entries[0].SealedParts);
        Assert.Equal(("Nothing of this record is sealed.", 0), (revealed.Problem, revealed.Parts.Length));
    }

    /// <summary>A malformed part is a poison record, not a search that silently misses people.</summary>
    [Fact]
    public async Task Part_Malformed_IsRefused()
    {
        await using var rig = await StartAsync();
        var entry = Outcome(rig, [(Jane, PatientIdentifierClass.Mrn, 2)]);
        entry = entry with { Parts = [entry.Parts[0] with { Content = rig.Seal.Seal(new byte[7], entry.EventId) }] };

        await Assert.ThrowsAsync<RecordRefusedException>(() => rig.KeepAsync(entry));
    }

    /// <summary>Built again from the ledger, the search finds the same.</summary>
    [Fact]
    public async Task Search_BuiltAgain_FindsTheSame()
    {
        await using var rig = await StartAsync();
        await rig.KeepAsync(Outcome(rig, [.. Enumerable.Range(0, 5_000).Select(i => (Number(i), PatientIdentifierClass.Mrn, (byte)2))]), Outcome(rig, [(Number(4_711), PatientIdentifierClass.Mrn, 2)]));
        await rig.FollowAsync();
        var before = await FindAsync(rig, Number(4_711));

        await rig.Get<ISearchStore>().RebuildAsync(Cancel);
        Assert.Empty(await rig.Get<ISearchStore>().FindPatientsAsync(new PatientQuery([Number(4_711)], rig.Time.GetUtcNow().AddDays(-1), rig.Time.GetUtcNow().AddDays(1), 10), Cancel));
        await rig.FollowAsync();

        Assert.Equal([0L, 1L], before.Items.Select(i => i.Index));
        Assert.Equal([0L, 1L], (await FindAsync(rig, Number(4_711))).Items.Select(i => i.Index));
    }

    internal abstract Task<RecorderRig> StartAsync(Action<IServiceCollection>? change = null);

    /// <summary>Destroys the keys of all messages, as an order would.</summary>
    private static void Destroy(RecorderRig rig) =>
        rig.Get<KeyDatabase>().Write(write => write.Execute($"UPDATE {rig.Get<KeyDatabase>().Prefix}period SET body = NULL, body_order = 'test'"));

    private static byte[] Number(int i) => [.. BitConverter.GetBytes(i + 1), .. new byte[12]];

    private static async Task<DisclosuresFound> FindAsync(RecorderRig rig, byte[] mark, string reason = Reason)
    {
        var id = Guid.CreateVersion7(rig.Time.GetUtcNow());
        return await rig.AskAsync<FindDisclosures, DisclosuresFound>(new FindDisclosures
        {
            RequestId = id,
            Actor = Officer,
            Reason = rig.Seal.Seal(Encoding.UTF8.GetBytes(reason), id),
            Marks = rig.Seal.Seal(mark, id),
            KeyIds = ["k1"],
            From = new DateTimeOffset(2020, 11, 23, 0, 0, 0, TimeSpan.Zero),
            To = new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero),
        });
    }

    private static async Task AssertScanIsTheSameAsync(RecorderRig rig, DisclosuresFound found)
    {
        var scan = await new DisclosureScan(rig.Store, rig.Get<RecordOpener>()).FindAsync(
            [Jane], ["k1"], new DateTimeOffset(2020, 11, 23, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero), null, Cancel);
        Assert.Equal(found.Items.Select(i => (i.Index, i.CallId)), scan.Items.Select(i => (i.Index, i.CallId)));
        Assert.Equal((found.NothingGiven, found.Incomplete.Length), (scan.NothingGiven, scan.Incomplete.Length));
    }

    private static RecordEntry Outcome(
        RecorderRig rig, (byte[] Mark, PatientIdentifierClass Class, byte Place)[] patients, string[]? exempt = null, OutcomeStatus status = OutcomeStatus.Answered, bool incomplete = false,
        string key = "k1", (string Name, string Value)[]? claims = null)
    {
        var id = Guid.CreateVersion7(rig.Time.GetUtcNow());
        byte[] bytes = [1, incomplete ? (byte)1 : (byte)0, .. patients.SelectMany(p => (byte[])[.. p.Mark, (byte)p.Class, p.Place])];
        var entry = rig.Entry(id);
        return entry with
        {
            Kind = RecordKind.Outcome,
            Source = "masking",
            Call = entry.Call! with { Principal = entry.Call.Principal with { Claims = [.. (claims ?? []).Select(c => new PrincipalClaim { Name = c.Name, Values = [c.Value] })] } },
            Decision = entry.Decision! with { Exempt = exempt ?? [] },
            Outcome = new OutcomeFacts { Status = status, HttpStatus = 200, Findings = [new MaskFinding { Type = "MRN", Count = 1 }, new MaskFinding { Type = "NAME", Count = 2 }] },
            Parts = [new RecordPart { Name = "patients", MediaType = $"application/vnd.chaperone.patients;v=1;key={key}", Searchable = false, Content = rig.Seal.Seal(bytes, id) }],
        };
    }

    private sealed class FullKeeper : IRecordKeeper
    {
        public ValueTask KeepAsync(IReadOnlyList<RecordEntry> entries, CancellationToken cancellationToken) => throw new RecordsNotKeptException("full");
    }
}
