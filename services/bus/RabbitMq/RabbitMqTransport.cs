using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Chaperone.Bus.RabbitMq;

/// <summary>Joins rooms that are processes. Each lane has its own connection, so that a blocked one blocks no other.</summary>
internal sealed class RabbitMqTransport(IServiceCollection services) : IRegistrationVisitor
{
    private readonly ColdBus _cold = new();
    private bool _hasHotAsks;
    private bool _hasHotDoors;
    private bool _hasCold;

    public static void AddTo(IServiceCollection services)
    {
        var transport = new RabbitMqTransport(services);
        RegistrationReader.VisitAll(services, transport);
        transport.AddConnections();
    }

    public void Door<TRequest, TReply>(Lane lane)
        where TRequest : class
        where TReply : class
    {
        if (lane == Lane.Hot)
        {
            _hasHotDoors = true;
            services.AddSingleton<IHotDoor, HotDoor<TRequest, TReply>>();
        }
        else
        {
            _hasCold = true;
            _cold.AddDoor<TRequest, TReply>();
        }
    }

    public void Ask<TRequest, TReply>(Lane lane)
        where TRequest : class
        where TReply : class
    {
        if (lane == Lane.Hot)
        {
            _hasHotAsks = true;
            services.TryAddSingleton<IAsk<TRequest, TReply>, HotAsk<TRequest, TReply>>();
        }
        else
        {
            _hasCold = true;
            services.TryAddSingleton<IAsk<TRequest, TReply>, ColdAsk<TRequest, TReply>>();
        }
    }

    public void Hear<TEvent>()
        where TEvent : class
    {
        _hasCold = true;
        _cold.AddEar<TEvent>();
    }

    public void Announce<TEvent>()
        where TEvent : class
    {
        _hasCold = true;
        services.TryAddSingleton<IAnnounce<TEvent>, ColdAnnounce<TEvent>>();
    }

    private void AddConnections()
    {
        services.TryAddSingleton<BrokerAddress>();
        services.TryAddSingleton<IBusHealth, RabbitMqHealth>();
        services.TryAddSingleton<IJournal, JournalWriter>();
        AddLink<JournalLine>();
        if (_hasHotAsks)
        {
            AddLink<HotCaller>();
        }

        if (_hasCold)
        {
            _cold.AddTo(services);
        }

        // What answers comes last: hosted services stop in reverse, so it is drained while the journal still writes.
        if (_hasHotDoors)
        {
            AddLink<HotDoors>();
        }

        if (services.Any(s => s.ServiceType == typeof(IRecordKeeper)))
        {
            AddLink<RecordPump>();
        }
    }

    private void AddLink<TUser>()
        where TUser : class, IBrokerUser
    {
        services.TryAddSingleton<TUser>();
        services.AddSingleton(provider => new LinkOf<TUser>(ActivatorUtilities.CreateInstance<BrokerLink>(provider, provider.GetRequiredService<TUser>())));
        services.AddSingleton(provider => provider.GetRequiredService<LinkOf<TUser>>().Link);
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<LinkOf<TUser>>().Link);
    }

    private sealed record LinkOf<TUser>(BrokerLink Link);
}
