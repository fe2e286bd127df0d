using Chaperone.Demo.Clinic.Data;
using Chaperone.Demo.Clinic.Tools;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ModelContextProtocol.AspNetCore;

namespace Chaperone.Demo.Clinic;

/// <summary>An MCP server over synthetic patients, for trials of the gateway. Serves 2026-07-28 and the older revisions on <c>/mcp</c>.</summary>
public static class ClinicService
{
    private const string Instructions = "Synthetic patients of a clinic that does not exist. Search for a patient first; everything else goes by MRN. Nothing here is about a real person.";

    /// <summary>The process.</summary>
    /// <exception cref="DemoRefusedException"><c>CLINIC_TOKEN</c> is missing, or a URL is not loopback.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Configuration.AddEnvironmentVariables("CHAPERONE_");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // The SDK logs refused tool calls with their words, which may name patients; the caller gets them anyway.
        builder.Logging.AddFilter("ModelContextProtocol", LogLevel.Critical);
        builder.ListenOnLoopback("http://127.0.0.1:7101");
        var token = builder.Configuration["CLINIC_TOKEN"];
        if (string.IsNullOrWhiteSpace(token))
        {
            throw new DemoRefusedException("CLINIC_TOKEN is not set: the clinic serves nobody without a credential. Set it here and in the gateway's policy file.");
        }

        builder.Services.AddOptions<ClinicOptions>().Bind(builder.Configuration.GetSection("Clinic")).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => ClinicDatabase.OpenOrCreate(services.GetRequiredService<IOptions<ClinicOptions>>().Value));
        builder.Services.AddSingleton<PatientStore>();
        builder.Services.AddSingleton<ChartStore>();
        builder.Services.AddSingleton<SqlReader>();
        builder.Services
            .AddMcpServer(server =>
            {
                server.ServerInfo = new() { Name = "clinic", Title = "Demo clinic", Version = "1.0.0" };
                server.ServerInstructions = Instructions;
            })
            .WithHttpTransport(http => http.SessionMode = HttpServerSessionMode.StatefulForInitializeClients)
            .WithTools<PatientTools>()
            .WithTools<ChartTools>()
            .WithTools<QueryTool>()
            .WithTools<ReportTool>()
            .WithResources<ClinicResources>()
            .WithPrompts<ClinicPrompts>()
            .WithCompleteHandler(MrnCompletion.CompleteAsync);

        var app = builder.Build();
        app.UseLoopbackNames();
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/mcp"), mcp => mcp.Use(new BearerGate(token).InvokeAsync));
        app.UseRouting();

        // Made before the first request, not by it.
        var database = app.Services.GetRequiredService<ClinicDatabase>();
        app.MapGet("/health", () => Results.Text(database.HasPatients() ? "healthy" : "empty"));
        app.MapMcp("/mcp");
        return app;
    }
}
