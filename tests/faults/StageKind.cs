namespace Chaperone.Faults;

/// <summary>What a stage has beside Chaperone, its servers and clients.</summary>
internal enum StageKind
{
    /// <summary>Relays before broker and database.</summary>
    Plain = 0,

    /// <summary>As <see cref="Plain"/>, and everything lies on a disk so small that it can be filled.</summary>
    SmallDisk = 1,

    /// <summary>Broker, database and upstream are reached by TLS only, under certificates that can be changed.</summary>
    Tls = 2,

    /// <summary>As <see cref="Plain"/>, and each process has a clock that can be put forward and back.</summary>
    OwnClocks = 3,

    /// <summary>As <see cref="Plain"/>, but all rooms are of the version given by <c>--old</c>.</summary>
    OldRooms = 4,

    /// <summary>The same once more, for the other order: an upgrade leaves no old rooms.</summary>
    OldRoomsAgain = 5,
}
