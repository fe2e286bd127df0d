namespace Chaperone.Bus.InProcess;

/// <summary>Direct calls are always up.</summary>
internal sealed class InProcessHealth : IBusHealth
{
    public string? Problem => null;
}
