namespace Chaperone.Console;

/// <summary>A part of a page asked for by the page's own script. The header cannot be sent by a foreign page.</summary>
internal static class Fragment
{
    public const string Header = "X-Console-Fragment";

    public static bool IsWanted(HttpRequest request) => request.Headers.ContainsKey(Header);
}
