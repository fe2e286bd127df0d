namespace Chaperone.Console.SignIn;

/// <summary>Where a person goes after signing in: a path of this console and nothing else (no open redirect).</summary>
internal static class ReturnPath
{
    public static string Safe(string? wanted)
    {
        if (string.IsNullOrEmpty(wanted) || wanted.Length > 2000 || wanted[0] != '/')
        {
            return "/";
        }

        // "//host" and "/\host" name another host; browsers drop tabs and line ends before looking.
        foreach (var c in wanted)
        {
            if (c == '\\' || c <= ' ' || c > '~')
            {
                return "/";
            }
        }

        if (wanted.Length > 1 && wanted[1] == '/')
        {
            return "/";
        }

        var path = wanted.Split('?', '#')[0];
        return ConsolePaths.IsPlace(path) ? wanted : "/";
    }
}
