using System.Reflection;
using System.Runtime.InteropServices;

namespace Chaperone.Policy.Sql.PostgreSql;

/// <summary>
/// PostgreSQL's own parser as a library (libpg_query 15, https://github.com/pganalyze/libpg_query), which Debian packages as
/// libpg-query1504.0. Thread-safe: the library keeps its memory by thread.
/// </summary>
internal static partial class LibPgQuery
{
    private const string Library = "pg_query";
    private static readonly string[] Names = ["libpg_query.so.1504.0", "libpg_query.so", "libpg_query.dylib", "pg_query"];

    private static readonly Lazy<nint> Handle = new(Load);

    static LibPgQuery() => NativeLibrary.SetDllImportResolver(typeof(LibPgQuery).Assembly, Resolve);

    /// <summary>True when the library is installed.</summary>
    public static bool IsHere => Handle.Value != 0;

    /// <summary>The tree of <paramref name="sql"/> as JSON (UTF-8); null when it is no SQL of PostgreSQL.</summary>
    public static unsafe byte[]? Parse(string sql)
    {
        var result = pg_query_parse(sql);
        try
        {
            return result.Error != null || result.Tree == null
                ? null
                : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(result.Tree).ToArray();
        }
        finally
        {
            pg_query_free_parse_result(result);
        }
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial ParseResult pg_query_parse(string input);

    [LibraryImport(Library)]
    private static partial void pg_query_free_parse_result(ParseResult result);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Library ? Handle.Value : 0;

    private static nint Load()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, typeof(LibPgQuery).Assembly, null, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }

    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct ParseResult
    {
        public byte* Tree;
        public byte* Errors;
        public void* Error;
    }
}
