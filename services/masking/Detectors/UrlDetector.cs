using System.Buffers;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>URLs (N); those of public terminologies stay.</summary>
internal sealed class UrlDetector(PublicHosts hosts) : ITextDetector
{
    private static readonly SearchValues<string> Starts = SearchValues.Create(["://", "www."], StringComparison.OrdinalIgnoreCase);
    private static readonly WordSet Domains = new[] { "com", "org", "net", "edu", "gov", "io", "health", "care", "clinic", "hospital", "us", "uk", "info", "biz", "example" }.ToWordSet();

    private static readonly WordSet Registries = new[] { "ghcr.io", "quay.io", "docker.io", "gcr.io", "us.gcr.io", "eu.gcr.io", "mcr.microsoft.com", "public.ecr.aws", "nvcr.io", "docker.elastic.co", "cgr.dev", "registry.k8s.io", "registry.gitlab.com", "registry.redhat.io", "registry.access.redhat.com", "registry.hub.docker.com" }.ToWordSet();

    // What programs answer of themselves.
    private static readonly WordSet Probes = "ready readyz health healthz healthcheck live livez alive ping metrics api status version v1 v2 v3 v4 mcp sse docs swagger ui admin login index.html".Split(' ').ToWordSet();

    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n\"<>|\\^`{}");

    public void Find(TextScan scan, TextSpans spans)
    {
        var text = scan.Text;
        for (var at = 0; at < text.Length;)
        {
            var next = text[at..].IndexOfAny(Starts);
            if (next < 0)
            {
                break;
            }

            at += next;
            var start = at;
            if (text[at] == ':')
            {
                while (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '+' or '-' or '.'))
                {
                    start--;
                }

                at += 3;
            }
            else
            {
                at += 4;
            }

            if (start > 0 && char.IsLetterOrDigit(text[start - 1]))
            {
                continue;
            }

            var length = text[at..].IndexOfAny(Ends);
            var end = length < 0 ? text.Length : at + length;
            end = start + text[start..end].TrimEnd(".,;:!?)]'*_").Length;
            if (end > at && hosts.Contains(text[start..end]))
            {
                spans.Shield(start, end);
            }
            else if (end > at && !IsOfThisMachine(text[at..end]))
            {
                spans.Add(start, end, Identifier.Url);
            }

            at = Math.Max(at, end);
        }

        Bare(text, spans);
    }

    // "http://localhost:9000/ready": no host that is anybody's, and on the way nothing that could be.
    private static bool IsOfThisMachine(ReadOnlySpan<char> rest)
    {
        var host = rest.IndexOfAny('/', ':') is var mark and >= 0 ? rest[..mark] : rest;
        var path = rest.IndexOf('/') is var slash and >= 0 ? rest[slash..] : [];
        if (host is not ("localhost" or "127.0.0.1" or "0.0.0.0" or "host.docker.internal") || path.ContainsAny("?@#=%"))
        {
            return false;
        }

        var port = rest[host.Length..(rest.Length - path.Length)];
        if (!port.IsEmpty && !(ushort.TryParse(port[1..], out var number) && number > 0))
        {
            return false;
        }

        foreach (var part in path.Split('/'))
        {
            if (!path[part].IsEmpty && !Probes.Contains(path[part]))
            {
                return false;
            }
        }

        return true;
    }

    // "quay.io/acme/edge:1.14.2": the image of a container, with its version.
    private static bool IsImage(ReadOnlySpan<char> host, ReadOnlySpan<char> path)
    {
        if (!Registries.Contains(host) || path.ContainsAny("?=#%"))
        {
            return false;
        }

        var tag = path[(path.LastIndexOf('/') + 1)..];
        return tag.IndexOf(':') is > 0 and var colon && colon + 1 < tag.Length && (char.IsAsciiDigit(tag[colon + 1]) || tag[(colon + 1)..] is "latest" or "stable" or "main" || tag[(colon + 1)] == 'v');
    }

    // "portal.clinic.org/p/123": a host of a common domain with a path.
    private void Bare(ReadOnlySpan<char> text, TextSpans spans)
    {
        for (var at = 0; at < text.Length;)
        {
            var slash = text[at..].IndexOf('/');
            if (slash < 0)
            {
                return;
            }

            slash += at;
            at = slash + 1;
            var start = slash;
            while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '-'))
            {
                start--;
            }

            var host = text[start..slash];
            if (host.Length < 4 || (start > 0 && text[start - 1] is '/' or '@' or ':') || host.LastIndexOf('.') is not (var dot and > 0) || !Domains.Contains(host[(dot + 1)..]))
            {
                continue;
            }

            var length = text[slash..].IndexOfAny(Ends);
            var end = start + text[start..(length < 0 ? text.Length : slash + length)].TrimEnd(".,;:!?)]'*_").Length;
            if (end > slash + 1 && !IsImage(host, text[slash..end]) && !hosts.Contains($"https://{text[start..end]}"))
            {
                spans.Add(start, end, Identifier.Url);
                at = end;
            }
        }
    }
}
