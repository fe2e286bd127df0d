using System.Text.RegularExpressions;
using Chaperone.Recorder.Witnessing;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Chaperone.Recorder.Publishing;

/// <summary>
/// Serves the published logs read-only under <c>/ledger/</c>, those of later years under <c>/ledger/2027/</c> and so on (C2SP tlog-tiles):
/// <c>checkpoint</c>, <c>log.vkey</c>, tiles and entry bundles; <c>logs</c> says which there are. It is PHI-free, so that anybody may verify it. Only paths of the exact shape are looked at: none leads elsewhere.
/// </summary>
internal static partial class LogEndpoints
{
    /// <summary>Everything it serves is below.</summary>
    public const string Root = "/ledger";

    private const string Text = "text/plain; charset=utf-8";
    private const string NotCached = "no-cache";
    private const string CachedForEver = "public, max-age=31536000, immutable";

    public static void Map(WebApplication app)
    {
        foreach (var path in (string[])[LedgerLog.CheckpointPath, WitnessRounds.WitnessedPath, LedgerLog.KeyPath, LogList.Path])
        {
            app.MapGet($"{Root}/{path}", (HttpContext context, IOptions<RecorderOptions> options) => Serve(context, options.Value, path, Text, NotCached)).AllowAnonymous();
            app.MapGet($"{Root}/{{year}}/{path}", (HttpContext context, string year, IOptions<RecorderOptions> options) => YearFolder().IsMatch(year)
                ? Serve(context, options.Value, $"{year}/{path}", Text, NotCached)
                : Results.NotFound()).AllowAnonymous();
        }

        app.MapGet($"{Root}/tile/{{**path}}", (HttpContext context, string path, IOptions<RecorderOptions> options) => ServeTile(context, options.Value, path, "")).AllowAnonymous();
        app.MapGet($"{Root}/{{year}}/tile/{{**path}}", (HttpContext context, string year, string path, IOptions<RecorderOptions> options) => YearFolder().IsMatch(year)
            ? ServeTile(context, options.Value, path, $"{year}/")
            : Results.NotFound()).AllowAnonymous();
    }

    /// <summary>Folder of the published log.</summary>
    public static string Folder(RecorderOptions options) => Path.GetFullPath(Path.Combine(options.DataDirectory, "log"));

    private static IResult ServeTile(HttpContext context, RecorderOptions options, string path, string folder) => TilePath().IsMatch(path)
        ? Serve(context, options, $"{folder}tile/{path}", "application/octet-stream", CachedForEver)
        : Results.NotFound();

    private static IResult Serve(HttpContext context, RecorderOptions options, string path, string contentType, string caching)
    {
        var file = Path.Combine(Folder(options), path);
        if (!File.Exists(file))
        {
            return Results.NotFound();
        }

        context.Response.Headers[HeaderNames.CacheControl] = caching;
        context.Response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        return Results.File(file, contentType);
    }

    [GeneratedRegex(@"\A[0-9]{4}\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex YearFolder();

    // Level (or "entries"), then groups of three digits, all but the last marked x, then perhaps a width of 1 to 255.
    [GeneratedRegex(@"\A(?:entries|[0-9]|[1-5][0-9]|6[0-3])(?:/x[0-9]{3}){0,6}/[0-9]{3}(?:\.p/[1-9][0-9]{0,2})?\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex TilePath();
}
