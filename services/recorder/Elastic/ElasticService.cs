using Chaperone.Bus.Health;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Store;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Elastic;

/// <summary>Wires the projection into Elasticsearch, if a URL is set.</summary>
internal static class ElasticService
{
    public static void AddElastic(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["Recorder:Elastic:Url"] is null)
        {
            return;
        }

        services.TryAddSingleton(p => new ElasticClient(
            OutboundHttp.Create(new Uri(Options(p).Elastic.Url!), Options(p).Elastic.CaFile), Options(p).Elastic.ApiKeyFile, Options(p).Elastic.RequestTimeout, Time(p)));
        services.TryAddSingleton(p => new ElasticStreams(p.GetRequiredService<ElasticClient>(), Options(p).Elastic.Namespace, Options(p).Origin));
        services.TryAddSingleton(p => new AuditDocument(Options(p).Origin, new WorkingHours(Options(p).Elastic)));
        services.TryAddSingleton(p => new ContentDocument(Options(p).Origin));
        services.TryAddSingleton<ElasticDocuments>();
        services.TryAddSingleton<TamperAlarm>();
        services.TryAddSingleton(p => new BatchReader(
            p.GetRequiredService<ILedgerStore>(), p.GetRequiredService<ElasticDocuments>(), Options(p).Elastic.BatchRecords, Options(p).Elastic.RequestBytes));
        services.TryAddSingleton(p => new ElasticClaims(p.GetRequiredService<ISearchStore>(), Options(p).Elastic.SettleAfter, Time(p)));
        services.TryAddSingleton(p => ActivatorUtilities.CreateInstance<ElasticWriter>(p, Options(p).Elastic.RequestBytes));
        services.TryAddSingleton<ElasticProjector>();
        services.TryAddSingleton(p => ActivatorUtilities.CreateInstance<CheckpointSender>(p, Options(p).Origin, Options(p).Elastic.CheckpointEvery));
        services.TryAddSingleton(p => ActivatorUtilities.CreateInstance<ElasticReconciler>(p, Options(p).Elastic.ContentDays));
        services.TryAddSingleton(p => ActivatorUtilities.CreateInstance<ReconciliationRounds>(p, Options(p).Elastic.ReconcileEvery));
        services.TryAddSingleton<ElasticFollower>();
        services.AddHostedService(p => p.GetRequiredService<ElasticFollower>());
        services.AddRoomWarning("elasticsearch", p => p.GetRequiredService<RecorderHealth>().ElasticWarning);
    }

    private static RecorderOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<RecorderOptions>>().Value;

    private static TimeProvider Time(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();
}
