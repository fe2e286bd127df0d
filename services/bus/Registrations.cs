using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Bus;

/// <summary>What a process said it answers; the transports read it while the container is built.</summary>
internal abstract record DoorRegistration(Lane Lane)
{
    public abstract void Visit(IRegistrationVisitor visitor);
}

internal sealed record DoorRegistration<TRequest, TReply>(Lane Lane) : DoorRegistration(Lane)
    where TRequest : class
    where TReply : class
{
    public override void Visit(IRegistrationVisitor visitor) => visitor.Door<TRequest, TReply>(Lane);
}

/// <summary>What a process said it asks.</summary>
internal abstract record AskRegistration(Lane Lane)
{
    public abstract void Visit(IRegistrationVisitor visitor);
}

internal sealed record AskRegistration<TRequest, TReply>(Lane Lane) : AskRegistration(Lane)
    where TRequest : class
    where TReply : class
{
    public override void Visit(IRegistrationVisitor visitor) => visitor.Ask<TRequest, TReply>(Lane);
}

/// <summary>What a process said it hears.</summary>
internal abstract record HearRegistration
{
    public abstract void Visit(IRegistrationVisitor visitor);
}

internal sealed record HearRegistration<TEvent> : HearRegistration
    where TEvent : class
{
    public override void Visit(IRegistrationVisitor visitor) => visitor.Hear<TEvent>();
}

/// <summary>What a process said it announces.</summary>
internal abstract record AnnounceRegistration
{
    public abstract void Visit(IRegistrationVisitor visitor);
}

internal sealed record AnnounceRegistration<TEvent> : AnnounceRegistration
    where TEvent : class
{
    public override void Visit(IRegistrationVisitor visitor) => visitor.Announce<TEvent>();
}

/// <summary>A transport gives each registration its types back.</summary>
internal interface IRegistrationVisitor
{
    void Door<TRequest, TReply>(Lane lane)
        where TRequest : class
        where TReply : class;

    void Ask<TRequest, TReply>(Lane lane)
        where TRequest : class
        where TReply : class;

    void Hear<TEvent>()
        where TEvent : class;

    void Announce<TEvent>()
        where TEvent : class;
}

/// <summary>Reads the registrations of a service collection.</summary>
internal static class RegistrationReader
{
    public static void VisitAll(IServiceCollection services, IRegistrationVisitor visitor)
    {
        foreach (var descriptor in services.ToArray())
        {
            switch (descriptor.ImplementationInstance)
            {
                case DoorRegistration door: door.Visit(visitor); break;
                case AskRegistration ask: ask.Visit(visitor); break;
                case HearRegistration hear: hear.Visit(visitor); break;
                case AnnounceRegistration announce: announce.Visit(visitor); break;
            }
        }
    }
}
