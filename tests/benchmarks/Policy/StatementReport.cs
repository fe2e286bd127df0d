using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.Bounds;
using Chaperone.Policy.Sql.Facts;
using Chaperone.Policy.Sql.PostgreSql;

namespace Chaperone.Benchmarks.Policy;

/// <summary>Measures what it takes to understand one statement of PostgreSQL, step by step.</summary>
internal static class StatementReport
{
    private const int Rounds = 20_000;

    // The file of Debian's libpg-query1504.0.
    private const string Library = "libpg_query.so.1504.0";

    public static void Append(StringBuilder text)
    {
        var bytes = Encoding.UTF8.GetByteCount(StatementCase.Sql);
        text.AppendLine().AppendLine("## A PostgreSQL statement").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"One thread reads a statement of {bytes:N0} bytes: five tables, a nested query, 20 constants. The first lines are steps of the same work: grammar, tree written out, tree read; then what stands beside it.");
        text.AppendLine("The fastest of many rounds says what the work costs, the median what it costs on this machine while others use it.").AppendLine();
        if (!LibPgQuery.IsHere)
        {
            text.AppendLine("libpg_query is not installed here: nothing was measured.");
            return;
        }

        var reader = SqlReaders.For(SqlDialect.PostgreSql);
        var script = reader.Read(StatementCase.Sql);
        var cache = new FactsCache();
        string[] texts = [StatementCase.Sql];
        var facts = SqlFacts.Of(script, StatementCase.Terms);
        cache.Of(texts, _ => facts);
        text.AppendLine("| | fastest | median |").AppendLine("|---|--:|--:|");
        Row(text, "PostgreSQL's grammar alone (C)", () => Grammar(StatementCase.Sql));
        Row(text, "and its tree written as JSON (C)", () => LibPgQuery.Parse(StatementCase.Sql));
        Row(text, "or as protobuf (C)", () => Protobuf(StatementCase.Sql));
        Row(text, "the JSON, read into our tree", () => reader.Read(StatementCase.Sql));
        Row(text, "the bounds of that tree", () => StatementBounds.WhyBulk(script, StatementCase.Terms));
        Row(text, "a statement that was read lately", () => cache.Of(texts, _ => throw new InvalidOperationException("It is not kept.")));
        text.AppendLine().AppendLine("The target was 20 µs for a statement of 1 KB. The grammar alone takes about that, and the library hands out its tree only as JSON or protobuf, each of which costs more than the grammar.");
        text.AppendLine("Tools send the same statements again and again, with parameters beside them: those cost the last line.");
    }

    private static void Row(StringBuilder text, string what, Action work)
    {
        var times = new double[Rounds];
        for (var warm = 0; warm < 2; warm++)
        {
            for (var i = 0; i < Rounds; i++)
            {
                var start = Stopwatch.GetTimestamp();
                work();
                times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }
        }

        Array.Sort(times);
        text.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {times[0]:N1} µs | {times[Rounds / 2]:N1} µs |");
    }

    private static void Grammar(string sql)
    {
        var context = pg_query_enter_memory_context();
        var result = pg_query_raw_parse(sql, 0);
        if (result.Error != 0)
        {
            throw new InvalidOperationException("The statement is none.");
        }

        pg_query_exit_memory_context(context);
    }

    private static void Protobuf(string sql)
    {
        var result = pg_query_parse_protobuf(sql);
        if (result.Error != 0 || result.Length == 0)
        {
            throw new InvalidOperationException("The statement is none.");
        }

        pg_query_free_protobuf_parse_result(result);
    }

#pragma warning disable SYSLIB1054, CA5392 // A benchmark on a developer's machine, which needs no generated marshalling.
    [DllImport(Library)]
    private static extern nint pg_query_enter_memory_context();

    [DllImport(Library)]
    private static extern void pg_query_exit_memory_context(nint context);

    [DllImport(Library, CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern RawParse pg_query_raw_parse([MarshalAs(UnmanagedType.LPUTF8Str)] string input, int options);

    [DllImport(Library, CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern ProtobufParse pg_query_parse_protobuf([MarshalAs(UnmanagedType.LPUTF8Str)] string input);

    [DllImport(Library)]
    private static extern void pg_query_free_protobuf_parse_result(ProtobufParse result);
#pragma warning restore SYSLIB1054, CA5392

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct RawParse
    {
        public readonly nint Tree;
        public readonly nint Messages;
        public readonly nint Error;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct ProtobufParse
    {
        public readonly nint Length;
        public readonly nint Data;
        public readonly nint Messages;
        public readonly nint Error;
    }
}
