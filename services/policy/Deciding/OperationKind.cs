namespace Chaperone.Policy.Deciding;

/// <summary>How an operation is permitted.</summary>
internal enum OperationKind
{
    /// <summary>Needs a rule that allows it.</summary>
    Guarded = 0,

    /// <summary>A server's request to the client: needs a rule that allows it by its method's name.</summary>
    ServerRequest = 1,

    /// <summary>Permitted to whoever may do anything on the server, unless a rule denies it.</summary>
    Lifecycle = 2,
}
