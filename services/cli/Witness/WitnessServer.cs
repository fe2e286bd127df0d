using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Chaperone.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chaperone.Cli.Witness;

/// <summary>
/// The witness over HTTP: <c>POST /add-checkpoint</c> (C2SP tlog-witness), and beside the protocol <c>GET /witness.vkey</c> and
/// <c>GET /last-checkpoint?origin=</c>, by which a log that was restored from a backup learns that it went on before.
/// </summary>
internal sealed partial class WitnessServer(LogWitness witness, NoteKey key, ILogger<WitnessServer> logger)
{
    private const string Text = "text/plain; charset=utf-8";
    private const string SizeType = "text/x.tlog.size";

    /// <summary>The application, not started yet.</summary>
    public static WebApplication Build(WitnessSettings settings, WitnessHome home)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddConsole();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, settings));
        var app = builder.Build();
        var server = new WitnessServer(home.Witness, home.Signer.WitnessKey, app.Services.GetRequiredService<ILogger<WitnessServer>>());
        app.MapPost("/add-checkpoint", (Delegate)server.AddAsync);
        app.MapGet("/last-checkpoint", (Delegate)server.LastAsync);
        app.MapGet("/witness.vkey", () => Results.Text($"{home.Signer.WitnessKey}\n", Text));
        app.MapGet("/health/live", () => Results.Json(new { status = "live" }));
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, WitnessSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = AddCheckpoint.MaxBytes;
        kestrel.Limits.MaxConcurrentConnections = 256;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        var address = System.Net.IPAddress.Parse(settings.Listen.Host.Trim('[', ']'));
        kestrel.Listen(address, settings.Listen.Port, endpoint =>
        {
            if (settings.Certificate is { } file)
            {
                // Read at each handshake: a renewed certificate counts without a restart.
                endpoint.UseHttps(https => https.ServerCertificateSelector = (_, _) => Load(file, settings.CertificateKey));
            }
        });
    }

    /// <summary>The certificate with its key.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">They are not one.</exception>
    internal static X509Certificate2 Load(string file, string? keyFile)
    {
        using var pem = X509Certificate2.CreateFromPemFile(file, keyFile);
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private async Task<IResult> AddAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException e)
        {
            return Results.StatusCode(e.StatusCode);
        }

        if (!AddCheckpoint.TryParse(body.GetBuffer().AsSpan(0, (int)body.Length), out var request))
        {
            return Answer(new WitnessAnswer(WitnessVerdict.Malformed));
        }

        try
        {
            return Answer(await witness.AddAsync(request!, context.RequestAborted));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LedgerFaultException)
        {
            // What cannot be remembered is not signed.
            Log.NotRemembered(logger, e);
            return Results.Text("The witness cannot remember checkpoints now; nothing was signed.\n", Text, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private async Task<IResult> LastAsync(HttpContext context, string origin)
    {
        try
        {
            return await witness.ReadLastAsync(origin, context.RequestAborted) is { } note ? Results.Bytes(note, Text) : Results.NotFound();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LedgerFaultException)
        {
            Log.NotRemembered(logger, e);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private IResult Answer(WitnessAnswer answer)
    {
        switch (answer.Verdict)
        {
            case WitnessVerdict.Cosigned:
                return Results.Text(answer.Signature!.ToString(), Text);
            case WitnessVerdict.Fork:
                Log.Fork(logger, key.Name, answer.Size);
                return Size(answer.Size);
            case WitnessVerdict.OtherSize:
                return Size(answer.Size);
            case WitnessVerdict.NotConsistent:
                Log.NotConsistent(logger, key.Name, answer.Size);
                return Results.Text("The proof does not show that this extends the last checkpoint cosigned.\n", Text, statusCode: StatusCodes.Status422UnprocessableEntity);
            case WitnessVerdict.UnknownLog:
                return Results.Text("This witness does not watch a log of that origin.\n", Text, statusCode: StatusCodes.Status404NotFound);
            case WitnessVerdict.NotSigned:
                return Results.Text("No signature by a key of that log.\n", Text, statusCode: StatusCodes.Status403Forbidden);
            default:
                return Results.Text("Not an add-checkpoint request (C2SP tlog-witness).\n", Text, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    private static IResult Size(long size) =>
        Results.Text(size.ToString(CultureInfo.InvariantCulture) + "\n", SizeType, statusCode: StatusCodes.Status409Conflict);

    private static partial class Log
    {
        [LoggerMessage(9000, LogLevel.Critical, "{Witness} refused a checkpoint: the log signed two histories of {Size} records. Both checkpoints are kept in the folder 'evidence'.")]
        public static partial void Fork(ILogger logger, string witness, long size);

        [LoggerMessage(9001, LogLevel.Critical, "{Witness} refused a checkpoint: it is not shown to extend the {Size} records cosigned before.")]
        public static partial void NotConsistent(ILogger logger, string witness, long size);

        [LoggerMessage(9002, LogLevel.Error, "The witness cannot remember checkpoints, so it signs none.")]
        public static partial void NotRemembered(ILogger logger, Exception exception);
    }
}
