namespace Chaperone.Console.SignIn;

/// <summary>Names of authentication schemes and policies; always explicit, because the edge's bearer tokens live in the same process.</summary>
internal static class ConsoleSchemes
{
    public const string Cookie = "ConsoleCookie";
    public const string Oidc = "ConsoleOidc";

    public const string SignedIn = "ConsoleSignedIn";
    public const string Approvals = "ConsoleApprovals";
    public const string Sessions = "ConsoleSessions";
    public const string Reveal = "ConsoleReveal";
    public const string Integrity = "ConsoleIntegrity";
    public const string Tools = "ConsoleTools";
    public const string Evidence = "ConsoleEvidence";
    public const string Retention = "ConsoleRetention";
    public const string Reviews = "ConsoleReviews";
    public const string Jobs = "ConsoleJobs";
    public const string Policy = "ConsolePolicy";
}
