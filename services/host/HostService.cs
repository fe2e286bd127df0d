using Chaperone.Approval;
using Chaperone.Bus;
using Chaperone.Bus.Health;
using Chaperone.Console;
using Chaperone.Edge;
using Chaperone.Masking;
using Chaperone.Policy;
using Chaperone.Recorder;

namespace Chaperone.Host;

/// <summary>All rooms in one process: the embedded default.</summary>
public static class HostService
{
    /// <summary>The process.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = RoomBuilder.Create(args);
        builder.Services
            .AddRecorder(builder.Configuration)
            .AddPolicy(builder.Configuration)
            .AddMasking(builder.Configuration)
            .AddApproval(builder.Configuration)
            .AddEdge(builder.Configuration)
            .AddConsole(builder.Configuration)
            .AddChaperoneBus(builder.Configuration);

        var app = builder.Build();
        app.MapChaperoneHealth();
        app.MapRecorder();
        app.MapPolicy();
        app.MapMasking();
        app.MapApproval();
        app.MapEdge();
        app.MapConsole();
        return app;
    }
}
