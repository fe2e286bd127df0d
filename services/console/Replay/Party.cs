namespace Chaperone.Console.Replay;

/// <summary>Who takes part in a session, from left to right.</summary>
internal enum Party
{
    Client = 1,
    Gateway = 2,
    Server = 3,
    Approver = 4,
}
