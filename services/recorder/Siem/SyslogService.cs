using System.Net;
using Chaperone.Bus.Health;
using Chaperone.Recorder.Elastic;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Siem;

/// <summary>Wires syslog, if a host is set.</summary>
internal static class SyslogService
{
    public static void AddSyslog(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["Recorder:Syslog:Host"] is null)
        {
            return;
        }

        services.TryAddSingleton(p => new AuditDocument(Options(p).Origin, new WorkingHours(Options(p).Elastic)));
        services.TryAddSingleton(p => new OcsfDocument(Options(p).Origin));
        services.TryAddSingleton(p => new SyslogMessage(Options(p).Syslog.Facility, Options(p).Syslog.HostName ?? Dns.GetHostName()));
        services.TryAddSingleton(p => ActivatorUtilities.CreateInstance<SiemEvents>(p, Options(p).Syslog.Body, Options(p).Syslog.MaxBytes));
        services.TryAddSingleton<SyslogFollower>();
        services.AddHostedService(p => p.GetRequiredService<SyslogFollower>());
        services.AddRoomWarning("syslog", p => p.GetRequiredService<RecorderHealth>().SyslogWarning);
    }

    private static RecorderOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<RecorderOptions>>().Value;
}
