namespace Chaperone.Console.SignIn;

/// <summary>What a person is to the console; the safe side is zero.</summary>
[Flags]
internal enum ConsoleRoles
{
    /// <summary>Signed in, and nothing more.</summary>
    None = 0,

    /// <summary>Sees approvals and answers them.</summary>
    Approver = 1,

    /// <summary>Searches and reads sessions; sees integrity.</summary>
    Analyst = 2,

    /// <summary>Sees approvals, integrity and the policy; decides nothing.</summary>
    Admin = 4,
}
