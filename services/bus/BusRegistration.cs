using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chaperone.Bus;

/// <summary>How rooms say what they answer, ask, hear and announce, whatever the transport. <see cref="BusService.AddChaperoneBus"/> comes last and joins them.</summary>
public static class BusRegistration
{
    /// <summary>This process answers <typeparamref name="TRequest"/> with <typeparamref name="TDoor"/>.</summary>
    public static IServiceCollection AddDoor<TRequest, TReply, TDoor>(this IServiceCollection services, Lane lane)
        where TRequest : class
        where TReply : class
        where TDoor : class, IDoor<TRequest, TReply>
    {
        services.TryAddSingleton<IDoor<TRequest, TReply>, TDoor>();
        services.AddSingleton<DoorRegistration>(new DoorRegistration<TRequest, TReply>(lane));
        return services;
    }

    /// <summary>This process asks <typeparamref name="TRequest"/> of whoever answers it.</summary>
    public static IServiceCollection AddAsk<TRequest, TReply>(this IServiceCollection services, Lane lane)
        where TRequest : class
        where TReply : class
    {
        services.AddSingleton<AskRegistration>(new AskRegistration<TRequest, TReply>(lane));
        return services;
    }

    /// <summary>This process hears <typeparamref name="TEvent"/>.</summary>
    public static IServiceCollection AddHear<TEvent, THear>(this IServiceCollection services)
        where TEvent : class
        where THear : class, IHear<TEvent>
    {
        services.AddSingleton<IHear<TEvent>, THear>();
        services.AddSingleton<HearRegistration>(new HearRegistration<TEvent>());
        return services;
    }

    /// <summary>This process announces <typeparamref name="TEvent"/>.</summary>
    public static IServiceCollection AddAnnounce<TEvent>(this IServiceCollection services)
        where TEvent : class
    {
        services.AddSingleton<AnnounceRegistration>(new AnnounceRegistration<TEvent>());
        return services;
    }

    /// <summary>This process keeps the records (the recorder).</summary>
    public static IServiceCollection AddRecordKeeper<TKeeper>(this IServiceCollection services)
        where TKeeper : class, IRecordKeeper
    {
        services.TryAddSingleton<IRecordKeeper, TKeeper>();
        return services;
    }
}
