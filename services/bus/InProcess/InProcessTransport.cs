using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chaperone.Bus.InProcess;

/// <summary>Joins the rooms of one process by direct calls: no serializer, no queue, the same doors.</summary>
internal sealed class InProcessTransport(IServiceCollection services) : IRegistrationVisitor
{
    public static void AddTo(IServiceCollection services)
    {
        RegistrationReader.VisitAll(services, new InProcessTransport(services));
        services.TryAddSingleton<IJournal, InProcessJournal>();
        services.TryAddSingleton<IBusHealth, InProcessHealth>();
    }

    public void Door<TRequest, TReply>(Lane lane)
        where TRequest : class
        where TReply : class
    {
    }

    public void Ask<TRequest, TReply>(Lane lane)
        where TRequest : class
        where TReply : class =>
        services.TryAddSingleton<IAsk<TRequest, TReply>>(provider =>
            ActivatorUtilities.CreateInstance<InProcessAsk<TRequest, TReply>>(provider, lane));

    public void Hear<TEvent>()
        where TEvent : class
    {
    }

    public void Announce<TEvent>()
        where TEvent : class => services.TryAddSingleton<IAnnounce<TEvent>, InProcessAnnounce<TEvent>>();
}
