using System.Text;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Retention;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Verification;

namespace Chaperone.Recorder.Tests.Retention;

public class RetentionTests
{
    private static readonly Principal Anna = Person("anna");
    private static readonly Principal Bert = Person("bert");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shred_SessionByTwoPeople_DestroysItsMessagesAndNothingElse()
    {
        await using var rig = await RecorderRig.StartAsync();
        var (gone, stays) = (rig.Entry(masked: """{"note":"orchid"}"""), rig.Entry(masked: """{"note":"orchid"}"""));
        await rig.KeepAsync(gone, stays);
        rig.Time.Advance(TimeSpan.FromDays(40));

        var order = await AskAsync(rig, new RetentionTarget { SessionId = gone.Call!.SessionId });
        Assert.Equal(2, await FindAsync(rig, "orchid"));
        Assert.Null((await ChangeAsync(rig, RetentionChange.Agree, Bert, order)).Problem);

        Assert.True((await OpenAsync(rig, 0)).IsShredded);
        Assert.Empty((await OpenAsync(rig, 0)).Parts);
        Assert.Equal("nurse-1", (await OpenAsync(rig, 0)).Entry.Call!.Principal.Subject);
        await Assert.ThrowsAsync<ShreddedException>(() => RawAsync(rig, 0));
        Assert.Equal("{\"name\":\"raw\"}", Encoding.UTF8.GetString((await RawAsync(rig, 1))!));
        var report = await VerifyAsync(rig);
        Assert.Equal(1, report.Shredded);
        Assert.Equal($"intact: {report.Head.Size} records in 2 logs, root {report.Head.Root}, 1 of them shredded", report.Summary);

        // The search forgets the words, too, once nobody can remember the key.
        rig.Time.Advance(TimeSpan.FromMinutes(3));
        await rig.Get<RetentionSweep>().StepAsync(Cancel);
        Assert.Equal(1, await FindAsync(rig, "orchid"));
        var through = Assert.Single((await ReadAsync(rig)).Orders);
        Assert.Equal((ShredState.Done, 1, 2), (through.State, through.Keys, through.Agreed.Length));
        Assert.Equal(["shred-asked", "shred-agreed", "shred-approved", "shred-done"], await DeletionsAsync(rig));
    }

    /// <summary>Destruction is real: with every root key and a full copy of the store, the bytes of the key are in no file.</summary>
    [Fact]
    public async Task Shred_Done_LeavesTheWrappedKeyInNoFile()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry();
        await rig.KeepAsync(entry);
        var period = rig.Get<KeyStore>().ListPeriods()[0];
        var wrapped = rig.Get<KeyStore>().FindSessions(period.Id, [entry.Call!.SessionId])[0].Wrapped!;
        Assert.True(await IsOnDiskAsync(rig, wrapped));
        rig.Time.Advance(TimeSpan.FromDays(40));

        var order = await AskAsync(rig, new RetentionTarget { SessionId = entry.Call.SessionId });
        await ChangeAsync(rig, RetentionChange.Agree, Bert, order);

        Assert.False(await IsOnDiskAsync(rig, wrapped));
        await rig.StopAsync();
        await using var again = await RecorderRig.StartAsync(rig.CopyFolder());
        Assert.True((await OpenAsync(again, 0)).IsShredded);
    }

    /// <summary>One person alone destroys nothing, whatever they press and however often.</summary>
    [Fact]
    public async Task Shred_SamePersonTwice_IsRefused()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry();
        await rig.KeepAsync(entry);
        rig.Time.Advance(TimeSpan.FromDays(40));
        var order = await AskAsync(rig, new RetentionTarget { SessionId = entry.Call!.SessionId });

        var again = await ChangeAsync(rig, RetentionChange.Agree, Anna with { Name = "Somebody Else", ClientId = "other" }, order);

        Assert.Contains("a second person has to agree", again.Problem, StringComparison.Ordinal);
        Assert.False((await OpenAsync(rig, 0)).IsShredded);
        Assert.Equal(["shred-asked"], await DeletionsAsync(rig));
    }

    [Fact]
    public async Task Refuse_OpenOrder_EndsIt()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry();
        await rig.KeepAsync(entry);
        rig.Time.Advance(TimeSpan.FromDays(40));
        var order = await AskAsync(rig, new RetentionTarget { SessionId = entry.Call!.SessionId });

        Assert.Null((await ChangeAsync(rig, RetentionChange.Refuse, Bert, order)).Problem);

        Assert.Contains("not open any more", (await ChangeAsync(rig, RetentionChange.Agree, Bert, order)).Problem, StringComparison.Ordinal);
        Assert.Equal(ShredState.Refused, Assert.Single((await ReadAsync(rig)).Orders).State);
        Assert.False((await OpenAsync(rig, 0)).IsShredded);
    }

    [Theory]
    [InlineData("session", "session")]
    [InlineData("session", "person")]
    [InlineData("session", "months")]
    [InlineData("person", "session")]
    [InlineData("person", "person")]
    [InlineData("person", "months")]
    [InlineData("months", "session")]
    [InlineData("months", "person")]
    [InlineData("months", "months")]
    public async Task Hold_OnAnyOfIt_StopsDestruction_UntilLifted(string held, string wanted)
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry();
        await rig.KeepAsync(entry);
        rig.Time.Advance(TimeSpan.FromDays(40));
        var hold = Guid.CreateVersion7(rig.Time.GetUtcNow());
        Assert.Null((await ChangeAsync(rig, RetentionChange.Hold, Anna, null, Target(held, entry), hold)).Problem);

        var refused = await ChangeAsync(rig, RetentionChange.Ask, Anna, null, Target(wanted, entry));

        Assert.Contains("A legal hold", refused.Problem, StringComparison.Ordinal);
        Assert.True((await ReadAsync(rig)).Periods[0].IsHeld);
        Assert.Null((await ChangeAsync(rig, RetentionChange.Lift, Bert, hold)).Problem);
        Assert.Contains("lifted already", (await ChangeAsync(rig, RetentionChange.Lift, Bert, hold)).Problem, StringComparison.Ordinal);
        await AskAsync(rig, Target(wanted, entry));
        Assert.Equal(["hold-set", "hold-lifted", "shred-asked"], await DeletionsAsync(rig));
        var told = Assert.Single((await ReadAsync(rig)).Holds);
        Assert.Equal(("anna", "bert"), (told.Set.Subject, told.Lifted!.Subject));
    }

    [Fact]
    public async Task Hold_OnSomethingElse_StopsNothing()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry();
        await rig.KeepAsync(entry, rig.Entry());
        rig.Time.Advance(TimeSpan.FromDays(40));
        foreach (var other in (RetentionTarget[])[
            new() { SessionId = Guid.CreateVersion7(rig.Time.GetUtcNow()) }, new() { Issuer = "https://issuer.example", Subject = "nurse-2" }, new() { FromMonth = "2025-01", ToMonth = "2026-10" }])
        {
            Assert.Null((await ChangeAsync(rig, RetentionChange.Hold, Anna, null, other)).Problem);
        }

        await AskAsync(rig, new RetentionTarget { SessionId = entry.Call!.SessionId });
    }

    /// <summary>A hold that comes between the second yes and the destruction still wins, and the old approval is worth nothing afterwards.</summary>
    [Fact]
    public async Task Hold_SetWhileAnOrderIsApproved_TakesTheApprovalBack()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry();
        await rig.KeepAsync(entry);
        rig.Time.Advance(TimeSpan.FromDays(40));
        var target = new RetentionTarget { SessionId = entry.Call!.SessionId };
        var order = await AskAsync(rig, target);
        var store = rig.Get<RetentionStore>();
        Assert.Equal(ShredState.Approved, store.Agree(order, new RetentionAct { Issuer = "i", Subject = "bert", At = rig.Time.GetUtcNow() })!.State);
        await ChangeAsync(rig, RetentionChange.Hold, Anna, null, target);

        await rig.Get<RetentionSweep>().StepAsync(Cancel);

        var after = store.FindOrder(order)!;
        Assert.Equal((ShredState.Open, 0, null), (after.State, after.Agreed.Length, after.DestroyedAt));
        Assert.False((await OpenAsync(rig, 0)).IsShredded);
    }

    /// <summary>A recorder that dies after the second yes finishes the work when it starts again, and records it once.</summary>
    [Fact]
    public async Task Sweep_AfterACrash_CarriesOutWhatWasApproved()
    {
        var first = await RecorderRig.StartAsync();
        var entry = first.Entry();
        await first.KeepAsync(entry);
        first.Time.Advance(TimeSpan.FromDays(40));
        var order = await AskAsync(first, new RetentionTarget { SessionId = entry.Call!.SessionId });
        first.Get<RetentionStore>().Agree(order, new RetentionAct { Issuer = "i", Subject = "bert", At = first.Time.GetUtcNow() });
        await first.StopAsync();

        await using var rig = await RecorderRig.StartAsync(first.Folder);
        rig.Time.Advance(TimeSpan.FromDays(40));
        for (var i = 0; i < 3; i++)
        {
            await rig.Get<RetentionSweep>().StepAsync(Cancel);
            rig.Time.Advance(TimeSpan.FromMinutes(3));
        }

        Assert.True((await OpenAsync(rig, 0)).IsShredded);
        Assert.Equal(["shred-asked", "shred-approved", "shred-done"], await DeletionsAsync(rig));
        Assert.True((await VerifyAsync(rig)).IsIntact);
    }

    [Fact]
    public async Task Ask_WhatMayNotBeDestroyed_SaysWhy()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry();
        await rig.KeepAsync(entry);
        var session = new RetentionTarget { SessionId = entry.Call!.SessionId };
        var month = new RetentionTarget { FromMonth = "2026-11", ToMonth = "2026-11" };

        Assert.Contains("ask again after 2026-12-01 01:00 UTC", await ProblemAsync(rig, session), StringComparison.Ordinal);
        rig.Time.Advance(TimeSpan.FromDays(2191));
        Assert.Contains("by whole months only", await ProblemAsync(rig, session, ShredScope.All), StringComparison.Ordinal);
        Assert.Contains("kept 2192 days", await ProblemAsync(rig, month, ShredScope.All), StringComparison.Ordinal);
        Assert.Contains("exactly one of them", await ProblemAsync(rig, session with { FromMonth = "2026-11", ToMonth = "2026-11" }), StringComparison.Ordinal);
        Assert.Contains("exactly one of them", await ProblemAsync(rig, new RetentionTarget()), StringComparison.Ordinal);
        Assert.Contains("the first not after the last", await ProblemAsync(rig, month with { FromMonth = "2026-12" }), StringComparison.Ordinal);
        Assert.Contains("like 2026-11", await ProblemAsync(rig, month with { FromMonth = "2026-1" }), StringComparison.Ordinal);
        Assert.Contains("an issuer and a subject", await ProblemAsync(rig, new RetentionTarget { Subject = "nurse-1" }), StringComparison.Ordinal);
        Assert.Contains("nothing to destroy", await ProblemAsync(rig, new RetentionTarget { SessionId = Guid.CreateVersion7(rig.Time.GetUtcNow()) }), StringComparison.Ordinal);
        Assert.Contains("give 10 to 500", (await ChangeAsync(rig, RetentionChange.Ask, Anna, null, session, reason: "no")).Problem, StringComparison.Ordinal);
        Assert.Empty(await DeletionsAsync(rig));
    }

    /// <summary>
    /// Seven years, a record a month: messages are asked to be destroyed after one year and facts after six, never sooner; two people
    /// agree each time; at each step the whole ledger verifies and nothing is called damaged.
    /// </summary>
    [Fact]
    public async Task SevenYears_OfRecords_AreShreddedWhenDueAndNeverSooner()
    {
        await using var rig = await RecorderRig.StartAsync(settings: new Dictionary<string, string?> { ["Recorder:Retention:BodyDays"] = "365" });
        var sealedAt = new List<(long Index, string Month)>();
        for (var month = 0; month < 7 * 12; month++)
        {
            await rig.KeepAsync(rig.Entry());
            sealedAt.Add((await CountAsync(rig) - 1, Keyring.MonthOf(rig.Time.GetUtcNow())));
            await StepAndAgreeAsync(rig);
            await AssertAgesAsync(rig, sealedAt);
            if (month % 12 == 11)
            {
                Assert.True((await VerifyAsync(rig)).IsIntact);
            }

            var now = rig.Time.GetUtcNow();
            rig.Time.Advance(new DateTimeOffset(now.Year, now.Month, 1, 6, 0, 0, TimeSpan.Zero).AddMonths(1) - now);
        }

        var report = await VerifyAsync(rig);
        Assert.True(report.IsIntact, report.Summary);
        Assert.Contains("of them shredded", report.Summary, StringComparison.Ordinal);
        Assert.Equal(8, report.Logs.Count);
        Assert.Equal(sealedAt.Count, (await ReadAsync(rig)).Periods.Length);
        Assert.Contains((await ReadAsync(rig)).Periods, p => p.MetaOrder is not null);
        Assert.Empty(rig.Errors);
    }

    /// <summary>A key that is gone without an order is damage, not destruction.</summary>
    [Theory]
    [InlineData("DELETE FROM session", "the key of session")]
    [InlineData("DELETE FROM period", "is not in the store of keys")]
    [InlineData("UPDATE session SET wrapped = NULL, shred_order = '0199b3a0-0000-7000-8000-000000000001'", "no record of the ledger says that it was approved")]
    public async Task Verify_KeyGoneWithoutAnOrder_SaysSo(string sql, string says)
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry());
        rig.Get<KeyDatabase>().Write(write => write.Execute(sql));

        var report = await VerifyAsync(rig);

        Assert.False(report.IsIntact);
        Assert.Contains(says, report.Summary, StringComparison.Ordinal);
    }

    private static async Task StepAndAgreeAsync(RecorderRig rig)
    {
        await rig.Get<RetentionSweep>().StepAsync(Cancel);
        foreach (var order in (await ReadAsync(rig)).Orders.Where(o => o.State == ShredState.Open))
        {
            Assert.Null((await ChangeAsync(rig, RetentionChange.Agree, Anna, order.OrderId)).Problem);
            Assert.Null((await ChangeAsync(rig, RetentionChange.Agree, Bert, order.OrderId)).Problem);
        }

        rig.Time.Advance(TimeSpan.FromMinutes(3));
        await rig.Get<RetentionSweep>().StepAsync(Cancel);
        Assert.DoesNotContain((await ReadAsync(rig)).Orders, o => o.State is ShredState.Open or ShredState.Approved);
    }

    private static async Task AssertAgesAsync(RecorderRig rig, List<(long Index, string Month)> records)
    {
        foreach (var (index, month) in records)
        {
            var age = rig.Time.GetUtcNow() - TargetText.EndOf(month);
            var opened = await TryOpenAsync(rig, index);
            Assert.Equal(age >= TimeSpan.FromDays(2192), opened is null);
            Assert.Equal(age >= TimeSpan.FromDays(365), opened is null or { IsShredded: true });
        }
    }

    private static RetentionTarget Target(string kind, RecordEntry entry) => kind switch
    {
        "session" => new RetentionTarget { SessionId = entry.Call!.SessionId },
        "person" => new RetentionTarget { Issuer = entry.Call!.Principal.Issuer, Subject = entry.Call.Principal.Subject },
        _ => new RetentionTarget { FromMonth = "2026-10", ToMonth = "2026-11" },
    };

    private static Principal Person(string subject) => new() { Issuer = "https://issuer.example", Subject = subject, Name = subject, Groups = ["records"], ClientId = "console" };

    private static async Task<Guid> AskAsync(RecorderRig rig, RetentionTarget target)
    {
        var id = Guid.CreateVersion7(rig.Time.GetUtcNow());
        Assert.Null((await ChangeAsync(rig, RetentionChange.Ask, Anna, null, target, id)).Problem);
        return id;
    }

    private static async Task<string> ProblemAsync(RecorderRig rig, RetentionTarget target, ShredScope scope = ShredScope.Body) =>
        (await ChangeAsync(rig, RetentionChange.Ask, Anna, null, target, scope: scope)).Problem ?? "";

    private static Task<RetentionChanged> ChangeAsync(
        RecorderRig rig, RetentionChange change, Principal actor, Guid? id, RetentionTarget? target = null, Guid? request = null, ShredScope scope = ShredScope.Body, string reason = "Ticket 4711 of the court.")
    {
        var asked = request ?? Guid.CreateVersion7(rig.Time.GetUtcNow());
        return rig.AskAsync<ChangeRetention, RetentionChanged>(new ChangeRetention
        {
            RequestId = asked,
            Change = change,
            Actor = actor,
            Id = id,
            Target = target,
            Scope = scope,
            Reason = rig.Seal.Seal(Encoding.UTF8.GetBytes(reason), asked),
        });
    }

    private static Task<RetentionReport> ReadAsync(RecorderRig rig) =>
        rig.AskAsync<ReadRetention, RetentionReport>(new ReadRetention { RequestId = Guid.CreateVersion7(rig.Time.GetUtcNow()) });

    private static async Task<StoreReport> VerifyAsync(RecorderRig rig)
    {
        await rig.Log.PublishAsync(Cancel);
        return await new StoreVerifier(rig.Store, rig.Get<Chaperone.Ledger.ILedgerFiles>(), rig.Log.Key, rig.Time, rig.Get<KeyStore>()).VerifyAsync([], null, Cancel);
    }

    private static async Task<long> CountAsync(RecorderRig rig) => (await rig.Store.ReadHeadAsync(Cancel)).Size;

    private static async Task<OpenedRecord> OpenAsync(RecorderRig rig, long index)
    {
        var record = (await rig.Store.ReadRecordsAsync(index, 1, Cancel))[0];
        return rig.Get<RecordOpener>().Open(record.Header!, record.Object!);
    }

    private static async Task<OpenedRecord?> TryOpenAsync(RecorderRig rig, long index)
    {
        var opened = rig.Get<RecordOpener>().TryOpen((await rig.Store.ReadRecordsAsync(index, 1, Cancel))[0], out var problem);
        Assert.True(opened is not null || problem == ShreddedException.Sentence, problem);
        return opened;
    }

    private static async Task<byte[]?> RawAsync(RecorderRig rig, long index)
    {
        var record = (await rig.Store.ReadRecordsAsync(index, 1, Cancel))[0];
        return rig.Get<RecordOpener>().OpenPart("request_raw", record.Header!, record.Object!);
    }

    private static async Task<int> FindAsync(RecorderRig rig, string words)
    {
        await rig.FollowAsync();
        var id = Guid.CreateVersion7(rig.Time.GetUtcNow());
        var terms = JsonSerializer.SerializeToUtf8Bytes(new MessageTerms { Words = words });
        return (await rig.AskAsync<FindMessages, MessagePage>(new FindMessages { QueryId = id, Terms = rig.Seal.Seal(terms, id) })).Items.Length;
    }

    private static async Task<string[]> DeletionsAsync(RecorderRig rig)
    {
        var words = new List<string>();
        foreach (var record in await rig.Store.ReadRecordsAsync(0, 1000, Cancel))
        {
            var note = rig.Get<RecordOpener>().Open(record.Header!, record.Object!).Entry.Note;
            if (note?.Contains("\"retention\":", StringComparison.Ordinal) == true)
            {
                words.Add(JsonDocument.Parse(note).RootElement.GetProperty("retention").GetString()!);
            }
        }

        return [.. words];
    }

    private static async Task<bool> IsOnDiskAsync(RecorderRig rig, byte[] bytes)
    {
        foreach (var file in Directory.EnumerateFiles(rig.Folder, "*", SearchOption.AllDirectories))
        {
            if ((await File.ReadAllBytesAsync(file, Cancel)).AsSpan().IndexOf(bytes) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
