namespace Chaperone.Console.SignIn;

/// <summary>What a person is to the console; the safe side is zero.</summary>
[Flags]
internal enum ConsoleRoles
{
    /// <summary>Signed in, and nothing more.</summary>
    None = 0,

    /// <summary>Sees approvals and answers them.</summary>
    Approver = 1,

    /// <summary>Searches and reads sessions; sees integrity and tools.</summary>
    Analyst = 2,

    /// <summary>Sees approvals, integrity and the policy, and decides on tools that have changed; answers no request.</summary>
    Admin = 4,

    /// <summary>Sees sealed content, each time with a reason; needs a role that reads sessions as well.</summary>
    Revealer = 8,

    /// <summary>Sets and lifts legal holds, and orders what is destroyed together with a second person.</summary>
    Custodian = 16,

    /// <summary>Plans reviews of the records, and signs them.</summary>
    Reviewer = 32,
}
