using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Benchmarks.Search;

/// <summary>
/// Fills a real recorder (SQLite) with messages and times searches through its own door: words found, records opened from the
/// ledger, excerpts made and sealed. A folder that was filled in part is filled on, so that it can be done in pieces.
/// </summary>
internal static class SearchReport
{
    private const int Batch = 512;
    private const int Rounds = 15;

    /// <summary>Fills <paramref name="folder"/> up to <paramref name="count"/> messages; writes <paramref name="page"/> once all are searchable. Stops after <paramref name="patience"/>.</summary>
    public static async Task<int> RunAsync(string folder, long count, TimeSpan patience, string page)
    {
        await using var app = RecorderService.Build(
        [
            "--urls", "http://127.0.0.1:0", $"--Recorder:DataDirectory={folder}", $"--Recorder:KeyFile={folder}/keys/record.key",
            $"--Recorder:SigningKeyFile={folder}/keys/ledger.key", $"--Bus:KeyFile={folder}/keys/bus.key", "--Logging:LogLevel:Default=Error",
        ]);
        await app.StartAsync();
        var begin = Stopwatch.GetTimestamp();
        var size = (await IntegrityAsync(app)).TreeSize;
        var maker = new MessageMaker(app.Services.GetRequiredService<IPayloadSeal>());
        var keeper = app.Services.GetRequiredService<IRecordKeeper>();
        while (size < count && Stopwatch.GetElapsedTime(begin) < patience)
        {
            await keeper.KeepAsync([.. Enumerable.Range(0, (int)Math.Min(Batch, count - size)).Select(i => maker.Make(size + i))], CancellationToken.None);
            size += Math.Min(Batch, count - size);
        }

        var report = await IntegrityAsync(app);
        while (report.ProjectionLag > 0 && Stopwatch.GetElapsedTime(begin) < patience)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            report = await IntegrityAsync(app);
        }

        var done = report.TreeSize == count && report.ProjectionLag == 0;
        if (done)
        {
            await File.WriteAllTextAsync(page, await MeasureAsync(app, folder, count));
        }

        await app.StopAsync();
        return done ? 0 : 1;
    }

    private static async Task<string> MeasureAsync(WebApplication app, string folder, long count)
    {
        var text = new StringBuilder();
        text.AppendLine("# Search: how fast").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Written by `Chaperone.Benchmarks search`. Machine: {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, .NET {Environment.Version}, load average {await LoadAsync()} while it was measured.").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{count:N0} messages of about 400 bytes in the embedded form (SQLite FTS5): `ledger.db` {Megabytes(folder, "ledger.db")} MB, `search.db` {Megabytes(folder, "search.db")} MB. A search is one question to the recorder's door for the newest 50: words and fields found, each record opened from the ledger, its excerpt cut and sealed. {Rounds} rounds each, one after another; the target is 300 ms.").AppendLine();
        text.AppendLine("| search | found on the first page | median | slowest |").AppendLine("|:--|--:|--:|--:|");
        foreach (var (name, ask) in Questions(count))
        {
            await TimeAsync(text, name, () => FindAsync(app, ask));
        }

        await TimeAsync(text, "list of sessions, all", () => SessionsAsync(app, null));
        await TimeAsync(text, "list of sessions with a word of every message", () => SessionsAsync(app, MessageMaker.Common));
        await TimeAsync(text, "list of sessions with a word of one message in 100,000", () => SessionsAsync(app, MessageMaker.Rare));
        return text.ToString();
    }

    private static async Task TimeAsync(StringBuilder text, string name, Func<Task<int>> ask)
    {
        var times = new List<double>();
        var found = 0;
        for (var i = 0; i < Rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            found = await ask();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {found} | {times[Rounds / 2]:N1} ms | {times[^1]:N1} ms |");
    }

    private static IEnumerable<(string Name, FindMessages Ask)> Questions(long count)
    {
        var (from, to) = (MessageMaker.At(count / 10), MessageMaker.At(count / 10 * 2));
        yield return ("a word of every message", Ask(MessageMaker.Common));
        yield return ("a word of one message in 100,000", Ask(MessageMaker.Rare));
        yield return ("a common and a rare word", Ask($"{MessageMaker.Common} {MessageMaker.Rare}"));
        yield return ("two words, each in half of the messages, never together", Ask($"{MessageMaker.One} {MessageMaker.Other}"));
        yield return ("the beginning of a word of every message (`pat*`)", Ask("pat*"));
        yield return ("words in a row (`\"patient name\"`), every message", Ask($"\"{MessageMaker.Common} name\""));
        yield return ("a common word, an old tenth of the time", Ask(MessageMaker.Common, from, to));
        yield return ("a common word, one tool, one person, denied", Ask(MessageMaker.Common, filters: [(MessageField.Tool, "tool_0"), (MessageField.User, "person-3"), (MessageField.Decision, "deny")]));
        yield return ("one masked type, any word", Ask(null, filters: [(MessageField.Masked, "SSN")]));
        yield return ("nothing narrowed: the newest", Ask(null));
        yield return ("a word that no message has", Ask("unheardof"));
    }

    private static FindMessages Ask(string? words, DateTimeOffset? from = null, DateTimeOffset? to = null, (MessageField Field, string Value)[]? filters = null) => new()
    {
        QueryId = Guid.CreateVersion7(),
        From = from,
        To = to,
        Terms = new SealedPayload
        {
            KeyId = "",
            Nonce = [],
            Ciphertext = JsonSerializer.SerializeToUtf8Bytes(new MessageTerms { Words = words, Filters = [.. (filters ?? []).Select(f => new MessageFilter { Field = f.Field, Value = f.Value })] }),
        },
    };

    private static async Task<int> FindAsync(WebApplication app, FindMessages ask)
    {
        var terms = app.Services.GetRequiredService<IPayloadSeal>().Seal(ask.Terms.Ciphertext, ask.QueryId);
        var page = await app.Services.GetRequiredService<IDoor<FindMessages, MessagePage>>().AnswerAsync(ask with { Terms = terms }, CancellationToken.None);
        return page.Problem is null ? page.Items.Length : throw new InvalidOperationException(page.Problem);
    }

    private static async Task<int> SessionsAsync(WebApplication app, string? words) =>
        (await app.Services.GetRequiredService<IDoor<ListSessions, SessionPage>>().AnswerAsync(new ListSessions { Search = words }, CancellationToken.None)).Items.Length;

    private static async Task<IntegrityReport> IntegrityAsync(WebApplication app) =>
        await app.Services.GetRequiredService<IDoor<ReadIntegrity, IntegrityReport>>().AnswerAsync(new ReadIntegrity(), CancellationToken.None);

    private static string Megabytes(string folder, string name) => (new FileInfo(Path.Combine(folder, name)).Length / 1_000_000).ToString("N0", CultureInfo.InvariantCulture);

    private static async Task<string> LoadAsync() => (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
}
