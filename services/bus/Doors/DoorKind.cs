namespace Chaperone.Bus.Doors;

/// <summary>Doors that anybody may knock at before it is known who that is; each kind has its own limit.</summary>
public enum DoorKind
{
    /// <summary>Signing in and out: each knock may cost a question to the identity provider.</summary>
    SignIn = 0,

    /// <summary>Chats and identity providers, whose messages are signed: each knock costs a signature.</summary>
    Signature = 1,

    /// <summary>What everybody may read: the published ledger, metadata.</summary>
    Public = 2,
}

/// <summary>A room says that <paramref name="Path"/>, and all below it, is a door of a kind.</summary>
internal sealed record LimitedDoor(DoorKind Kind, string Path);
