using System.Text;
using Chaperone.Contracts;
using Chaperone.Recorder.Store;
using Microsoft.Data.Sqlite;

namespace Chaperone.Recorder.Tests;

/// <summary>Whoever owns the files changes one thing: the verifier names the place. The triggers that forbid it are dropped first, as an attacker would.</summary>
public class TamperTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UPDATE leaf SET bytes = FLIP(bytes) WHERE idx = 3", "leaf 3")]
    [InlineData("UPDATE leaf SET hash = FLIP(hash) WHERE idx = 3", "leaf 3")]
    [InlineData("UPDATE leaf SET event = FLIP(event) WHERE idx = 3", "leaf 3")]
    [InlineData("UPDATE leaf SET session = FLIP(session) WHERE idx = 3", "leaf 3")]
    [InlineData("UPDATE leaf SET kind = 5 WHERE idx = 3", "leaf 3")]
    [InlineData("UPDATE leaf SET number = 77 WHERE idx = 3", "leaf 3")]
    [InlineData("UPDATE leaf SET edge = 'edge-b' WHERE idx = 3", "leaf 3")]
    [InlineData("DELETE FROM leaf WHERE idx = 3", "record 3 has no leaf|leaf 3")]
    [InlineData("DELETE FROM leaf WHERE idx = 4; DELETE FROM record WHERE idx = 4", "leaf 4")]
    [InlineData("INSERT INTO leaf SELECT 9, x'00112233445566778899aabbccddeeff', hash, bytes, kind, session, edge, epoch, number FROM leaf WHERE idx = 3", "leaf 9")]
    [InlineData("UPDATE record SET header = FLIP(header) WHERE idx = 3", "record 3")]
    [InlineData("UPDATE record SET object = FLIP(object) WHERE idx = 3", "record 3")]
    [InlineData("DELETE FROM record WHERE idx = 3", "record 3")]
    [InlineData("UPDATE head SET root = FLIP(root)", "tree head")]
    [InlineData("UPDATE head SET range = cast(substr(range, 1, 8) || (CASE WHEN substr(range, 9, 1) = x'FF' THEN x'00' ELSE x'FF' END) || substr(range, 10) AS blob)", "tree head")]
    [InlineData("UPDATE head SET size = 4", "tree head")]
    [InlineData("UPDATE checkpoint SET note = replace(note, char(10) || '5' || char(10), char(10) || '4' || char(10))", "checkpoint row")]
    [InlineData("UPDATE checkpoint SET size = 4", "checkpoint row")]
    public async Task Store_OneValueChanged_IsNamed(string sql, string places)
    {
        await using var rig = await StartWithFiveAsync();
        await using (var attacker = new SqliteConnection($"Data Source={rig.LedgerFile};Pooling=False"))
        {
            await attacker.OpenAsync(Cancel);
            SqliteDatabase.Execute(attacker, "DROP TRIGGER leaf_keep; DROP TRIGGER leaf_stay; DROP TRIGGER record_keep; DROP TRIGGER record_stay;");
            SqliteDatabase.Execute(attacker, Expand(sql));
        }

        var report = await rig.VerifyAsItIsAsync();

        Assert.False(report.IsIntact);
        Assert.Contains(places.Split('|'), place => report.Summary.Contains(place, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("UPDATE leaf SET bytes = x'00' WHERE idx = 3")]
    [InlineData("DELETE FROM leaf")]
    [InlineData("UPDATE record SET object = x'00' WHERE idx = 3")]
    [InlineData("DELETE FROM record")]
    public async Task Store_ChangedByAnOrdinaryStatement_RefusesIt(string sql)
    {
        await using var rig = await StartWithFiveAsync();
        await using var someone = new SqliteConnection($"Data Source={rig.LedgerFile};Pooling=False");
        await someone.OpenAsync(Cancel);

        var refused = Assert.Throws<SqliteException>(() => SqliteDatabase.Execute(someone, sql));

        Assert.Contains("the ledger is append-only", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tile/0/000.p/5")]
    [InlineData("tile/entries/000.p/5")]
    [InlineData("checkpoint")]
    public async Task Log_AnyByteFlipped_IsNamed(string path)
    {
        await using var rig = await StartWithFiveAsync();
        var file = Path.Combine(rig.LogDirectory, path);
        var whole = await File.ReadAllBytesAsync(file, Cancel);
        for (var at = 0; at < whole.Length; at += Math.Max(1, whole.Length / 23))
        {
            var flipped = (byte[])whole.Clone();
            flipped[at] ^= 1;
            await File.WriteAllBytesAsync(file, flipped, Cancel);

            var report = await rig.VerifyAsItIsAsync();

            var place = path == "tile/entries/000.p/5" ? "leaf |tile/entries" : path;
            Assert.True(!report.IsIntact && place.Split('|').Any(p => report.Summary.StartsWith(p, StringComparison.Ordinal)), $"byte {at}: {report.Summary}");
        }

        await File.WriteAllBytesAsync(file, whole, Cancel);
        await rig.AssertIntactAsync(5);
    }

    /// <summary>One byte of the closed file, whatever it is part of: found, or without any meaning (free space of a page).</summary>
    [Fact]
    public async Task LedgerFile_RecordBytesFlippedOnDisk_AreFound()
    {
        await using var rig = await StartWithFiveAsync();
        var objectHead = (await rig.Store.ReadRecordsAsync(2, 1, Cancel))[0].Object!.AsSpan(0, 24).ToArray();
        await rig.StopAsync();
        var bytes = await File.ReadAllBytesAsync(rig.LedgerFile, Cancel);
        var at = bytes.AsSpan().IndexOf(objectHead);
        Assert.True(at > 0);
        bytes[at + 20] ^= 1;
        await File.WriteAllBytesAsync(rig.LedgerFile, bytes, Cancel);

        await using var again = await RecorderRig.StartAsync(rig.Folder);
        var report = await again.VerifyAsItIsAsync();

        Assert.StartsWith("record 2:", report.Summary, StringComparison.Ordinal);
    }

    /// <summary>Invariant 4: seeded identifiers in every place a caller reaches, then every file is searched for them.</summary>
    [Fact]
    public async Task Files_AfterRecordsWithIdentifiers_HoldNoneInClear()
    {
        string[] canaries = ["CANARY-SSN-123-45-6789", "Zebulon Quackenbush", "patient-zebulon-0042", "+1-555-0142-777"];
        await using var rig = await RecorderRig.StartAsync();
        foreach (var (method, target) in ((string, string)[])[("resources/read", $"fhir://{canaries[2]}"), ("tools/call", canaries[1]), (canaries[0], canaries[3])])
        {
            var entry = rig.Entry(raw: $"{{\"ssn\":\"{canaries[0]}\",\"name\":\"{canaries[1]}\",\"phone\":\"{canaries[3]}\"}}", masked: "{\"ssn\":\"[SSN]\",\"name\":\"[NAME]\"}");
            await rig.KeepAsync(entry with
            {
                Call = entry.Call! with { Method = method, Target = target, ClientName = canaries[1], RequestId = $"\"{canaries[0]}\"", Server = "clinic" },
                Approval = new ApprovalFacts { ApprovalId = "APR-1", Step = "denied", BindingDigest = "d", Reason = canaries[1] },
            });
        }

        await rig.AssertIntactAsync(3);
        await rig.FollowAsync();
        await rig.StopAsync();

        var files = Directory.EnumerateFiles(rig.DataDirectory, "*", SearchOption.AllDirectories).ToArray();
        Assert.Contains(files, f => f.EndsWith("search.db", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancel));
            Assert.All([.. canaries, "Quackenbush", "zebulon"], canary => Assert.False(text.Contains(canary, StringComparison.OrdinalIgnoreCase), $"{Path.GetFileName(file)} holds {canary}"));
        }
    }

    private static async Task<RecorderRig> StartWithFiveAsync()
    {
        var rig = await RecorderRig.StartAsync();
        for (var number = 1; number <= 5; number++)
        {
            await rig.KeepAsync(rig.Entry(stamp: rig.Stamp(number)));
        }

        await rig.AssertIntactAsync(5);
        return rig;
    }

    private static string Expand(string sql)
    {
        var at = sql.IndexOf("FLIP(", StringComparison.Ordinal);
        if (at < 0)
        {
            return sql;
        }

        var end = sql.IndexOf(')', at);
        return sql[..at] + $"cast((CASE WHEN substr({sql[(at + 5)..end]}, 1, 1) = x'FF' THEN x'00' ELSE x'FF' END) || substr({sql[(at + 5)..end]}, 2) AS blob)" + sql[(end + 1)..];
    }
}
