using Chaperone.Bus.Doors;
using Chaperone.Bus.Health;
using Chaperone.Bus.InProcess;
using Chaperone.Bus.RabbitMq;
using Chaperone.Bus.Sealing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chaperone.Bus;

/// <summary>Wires the bus.</summary>
public static class BusService
{
    /// <summary>Joins the rooms registered so far over the transport that <paramref name="configuration"/> (section <c>Bus</c>) names. Call it after every room's own <c>Add...</c>.</summary>
    public static IServiceCollection AddChaperoneBus(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BusOptions>().Bind(configuration.GetSection("Bus")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<BusOptions>, BusOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PayloadSeal>();
        DoorLimits.AddTo(services, configuration);
        services.AddRoomCheck("bus", provider => provider.GetRequiredService<IBusHealth>().Problem);

        var transport = configuration.GetSection("Bus").Get<BusOptions>()?.Transport ?? BusTransport.InProcess;
        if (transport == BusTransport.RabbitMq)
        {
            services.TryAddSingleton<IPayloadSeal>(provider => provider.GetRequiredService<PayloadSeal>());
            RabbitMqTransport.AddTo(services);
        }
        else
        {
            services.TryAddSingleton<IPayloadSeal, InProcessSeal>();
            InProcessTransport.AddTo(services);
        }

        return services;
    }
}
