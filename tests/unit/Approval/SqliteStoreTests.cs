using System.Security.Cryptography;
using System.Text;
using Chaperone.Approval.Store;
using Chaperone.Approval.Tests.Desk;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Approval.Tests;

/// <summary>What lies in the file.</summary>
public sealed class SqliteStoreTests
{
    private const string Canary = "CANARY-7319";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Property: no message, resource name or word of a person is readable at rest (invariant 4).</summary>
    [Fact]
    public async Task File_AfterAWholeCase_HoldsNothingReadable()
    {
        await using var bench = await DeskBench.StartAsync(new SqliteStore(), Token);
        var asking = bench.Asking();
        var call = asking.Call with { Method = "resources/read", Target = $"patient://{Canary}" };
        await bench.Desk.RequestAsync(
            asking with
            {
                Call = call,
                Decision = asking.Decision with { Reason = Canary },
                MaskedRequest = bench.Seal.Seal(Encoding.UTF8.GetBytes(Canary), call.CallId),
            },
            Token);
        bench.Journal.Down = true;
        await Assert.ThrowsAnyAsync<Exception>(() => bench.AnswerAsync("APR-1", People.Ann, yes: true, Token, Canary));

        // The test can find what is readable: a server's name is.
        Assert.True(FilesHold(bench, "clinic"));
        Assert.False(FilesHold(bench, Canary));
        Assert.Contains(Canary, (await bench.ShowAsync("APR-1", Token)).Votes[0].Reason!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_SealedValueMovedToAnotherRow_DoesNotOpen()
    {
        await using var bench = await DeskBench.StartAsync(new SqliteStore(), Token);
        await bench.AskAsync(Token);
        await bench.AskAsync(Token, binding: DeskActs.OtherBinding);

        await ExecuteAsync(bench, "UPDATE approval_case SET facts = (SELECT facts FROM approval_case WHERE number = 2) WHERE number = 1");

        await Assert.ThrowsAnyAsync<CryptographicException>(() => bench.ShowAsync("APR-1", Token));
        await Assert.ThrowsAnyAsync<CryptographicException>(() => bench.AnswerAsync("APR-1", People.Ann, yes: true, Token));
    }

    [Fact]
    public async Task File_KeyLost_FailsClosedAndSaysWhatToDo()
    {
        await using var bench = await DeskBench.StartAsync(new SqliteStore(), Token);
        await bench.AskAsync(Token);
        File.Delete(bench.Settings["Approval:KeyFile"]!);
        bench.Restart();

        var problem = await Assert.ThrowsAsync<CryptographicException>(() => bench.AnswerAsync("APR-1", People.Ann, yes: true, Token));

        Assert.Contains("Approval:KeyFile", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_OfANewerProgram_IsRefused()
    {
        await using var bench = await DeskBench.StartAsync(new SqliteStore(), Token);
        await bench.AskAsync(Token);
        await ExecuteAsync(bench, "INSERT INTO approval_schema (version) VALUES (99)");
        bench.Restart();

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => bench.AskAsync(Token));

        Assert.Contains("schema version 99", problem.Message, StringComparison.Ordinal);
        Assert.NotNull(bench.Services.GetRequiredService<StoreSchema>().Problem);
    }

    [Fact]
    public async Task File_Settings_SurviveAPowerCut()
    {
        await using var bench = await DeskBench.StartAsync(new SqliteStore(), Token);
        await bench.AskAsync(Token);

        var database = new SqliteDatabase(bench.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ApprovalOptions>>());

        Assert.Equal(2, await database.ReadAsync(s => s.ScalarAsync<long>("PRAGMA synchronous"), Token));
        Assert.Equal("wal", await database.ReadAsync(s => s.ScalarAsync<string>("PRAGMA journal_mode"), Token));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(bench.Settings["Approval:DataDirectory"]!));
        database.Dispose();
    }

    private static bool FilesHold(DeskBench bench, string text)
    {
        var needle = Encoding.UTF8.GetBytes(text);
        return Directory.GetFiles(bench.Settings["Approval:DataDirectory"]!)
            .Any(file =>
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var copy = new MemoryStream();
                stream.CopyTo(copy);
                return copy.ToArray().AsSpan().IndexOf(needle) >= 0;
            });
    }

    private static async Task ExecuteAsync(DeskBench bench, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(bench.Settings["Approval:DataDirectory"]!, "approval.db")};Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is the test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Token);
    }
}
