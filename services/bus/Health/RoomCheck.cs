namespace Chaperone.Bus.Health;

/// <summary>One thing a room needs before it can do its work, or wants people to look at.</summary>
/// <param name="Name">Short and stable, e.g. <c>recorder</c> or <c>policy-file</c>.</param>
/// <param name="Problem">Null when all is well, else one PHI-free sentence. Called often and concurrently: it must be quick, and may not block.</param>
/// <param name="Stops">True when the room cannot do its work with the problem; false when somebody should look at it.</param>
internal sealed record RoomCheck(string Name, Func<IServiceProvider, string?> Problem, bool Stops);
