namespace Chaperone.Console;

/// <summary>The paths that are the console's. Other rooms may share the process; nothing of the console touches theirs.</summary>
internal static class ConsolePaths
{
    public const string SignIn = "/signin";
    public const string SignInStart = "/signin/start";
    public const string SignInCallback = "/signin-oidc";
    public const string SignOut = "/signout";
    public const string SignOutProvider = "/signout/provider";
    public const string SignOutCallback = "/signout-oidc";
    public const string NoAccess = "/no-access";
    public const string Assets = "/assets";

    private static readonly PathString[] Places = ["/approvals", "/search", "/sessions", "/integrity", "/evidence", "/retention", "/tools", "/policy", "/jobs", "/break-glass", "/disclosures", "/reviews"];
    private static readonly PathString[] Doors = [SignIn, SignInCallback, SignOut, SignOutCallback, NoAccess, Assets];

    /// <summary>True for every path the console answers.</summary>
    public static bool Contains(PathString path) =>
        path == "/" || IsUnder(path, Places) || IsUnder(path, Doors);

    /// <summary>True for pages one may be sent back to after signing in.</summary>
    public static bool IsPlace(PathString path) => path == "/" || IsUnder(path, Places);

    private static bool IsUnder(PathString path, PathString[] roots) => roots.Any(r => path.StartsWithSegments(r, StringComparison.Ordinal));
}
