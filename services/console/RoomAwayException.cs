namespace Chaperone.Console;

/// <summary>A room behind the bus did not answer; the page says which and what to do.</summary>
internal sealed class RoomAwayException(string room, string advice, Exception inner) : Exception($"The {room} room does not answer.", inner)
{
    /// <summary>Name of the room.</summary>
    public string Room { get; } = room;

    /// <summary>One or two sentences for the person.</summary>
    public string Advice { get; } = advice;
}
