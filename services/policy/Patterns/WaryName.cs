namespace Chaperone.Policy.Patterns;

/// <summary>
/// The forms in which a careless upstream may read a name or a URI: folded as <see cref="Folding"/> does, and with its escapes,
/// dots and doubled slashes taken out. For rules that restrict only.
/// </summary>
internal static class WaryName
{
    private const int MostDecodings = 3;

    /// <summary>Whether <paramref name="pattern"/> may mean <paramref name="name"/>.</summary>
    public static bool Matches(NamePattern pattern, string name)
    {
        if (pattern.Matches(name))
        {
            return true;
        }

        var folded = new NamePattern(Folding.Fold(pattern.Text));
        var plain = Folding.Fold(name);
        return folded.Matches(plain) || (Resolved(plain) is { } resolved && folded.Matches(resolved));
    }

    /// <summary>A folded name as its server may resolve it; null where that is the name itself.</summary>
    public static string? Resolved(string name)
    {
        if (name.AsSpan().IndexOfAny("%\\/#?") < 0)
        {
            return null;
        }

        var text = name;
        for (var i = 0; i < MostDecodings && text.Contains('%', StringComparison.Ordinal); i++)
        {
            text = Folding.Fold(Uri.UnescapeDataString(text));
        }

        var end = text.IndexOfAny(['#', '?']);
        text = (end < 0 ? text : text[..end]).Replace('\\', '/');
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var path = text[(colon + 1)..];
        var authority = path.StartsWith("//", StringComparison.Ordinal) ? AuthorityOf(path) : string.Empty;
        var isFile = colon >= 0 && text[..colon] == "file";
        var head = colon < 0 ? string.Empty : isFile ? "file://" : $"{text[..colon]}:{(path.StartsWith("//", StringComparison.Ordinal) ? "//" : string.Empty)}";
        var host = isFile && authority == "localhost" ? string.Empty : authority;
        var rest = path.StartsWith("//", StringComparison.Ordinal) ? path[(2 + authority.Length)..] : path;
        var resolved = $"{head}{host}{Segments(rest)}";
        return resolved == name ? null : resolved;
    }

    /// <summary>
    /// Whether a careless upstream may resolve <paramref name="uri"/> to another than it begins like: by segments of dots, backslashes,
    /// control characters or bytes that are no UTF-8, escaped or not (RFC 3986, section 5.2.4).
    /// </summary>
    public static bool MayLeadElsewhere(string uri)
    {
        var text = uri;
        for (var i = 0; i <= MostDecodings; i++)
        {
            if (text.Any(c => char.IsControl(c) || c == '\\') || text.Contains("%c0", StringComparison.OrdinalIgnoreCase) || text.Contains("%c1", StringComparison.OrdinalIgnoreCase)
                || text.Split('/').Any(s => s.Split(';', '?', '#')[0] is "." or ".."))
            {
                return true;
            }

            var plain = Uri.UnescapeDataString(text);
            if (plain == text)
            {
                return false;
            }

            text = plain;
        }

        return true;
    }

    private static string AuthorityOf(string path)
    {
        var end = path.IndexOf('/', 2);
        return end < 0 ? path[2..] : path[2..end];
    }

    private static string Segments(string path)
    {
        var kept = new List<string>();
        foreach (var whole in path.Split('/'))
        {
            // sealed;x=1 is sealed to servers that take parameters off a segment.
            var segment = whole.Split(';')[0];
            if (segment == ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (segment is not ("" or "." or ".."))
            {
                kept.Add(segment);
            }
        }

        return (path.StartsWith('/') ? "/" : string.Empty) + string.Join('/', kept);
    }
}
