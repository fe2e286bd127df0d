using System.Net;
using System.Text.Json;
using Chaperone.Edge.Upstream;
using Chaperone.Policy.Reading;

namespace Chaperone.Cli.Doctor;

/// <summary>Identity providers, the policy file with its upstream servers, and rooms that run already. Nothing secret is shown to any of them.</summary>
internal sealed class WebChecks(TimeProvider time) : IDisposable
{
    private const int LargestAnswer = 1 << 20;
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = LargestAnswer,
    };

    public async Task<IReadOnlyList<Diagnosis>> OfAsync(Installation installation, IReadOnlyList<Uri> running, CancellationToken cancellationToken)
    {
        var found = new List<Diagnosis>();
        foreach (var issuer in installation.Edge?.Issuers ?? [])
        {
            found.AddRange(await IssuerAsync("issuer of the edge", issuer.Authority!, issuer.Issuer, cancellationToken));
        }

        if (installation.Edge is { Issuers.Count: 0 })
        {
            found.Add(Diagnosis.Ill("issuer of the edge", "none is named, so nobody gets in", "Set CHAPERONE_Edge__Issuers__0__Authority and __Audience."));
        }

        if (installation.Console?.Authority is { } console)
        {
            found.AddRange(await IssuerAsync("issuer of the console", new Uri(console), null, cancellationToken));
        }

        found.AddRange(await PoliciesAsync(installation, cancellationToken));
        foreach (var server in Upstreams(installation))
        {
            found.Add(await UpstreamAsync(server, cancellationToken));
        }

        foreach (var room in running)
        {
            found.Add(await ReadyAsync(room, cancellationToken));
        }

        return found;
    }

    public void Dispose() => _http.Dispose();

    private async Task<IReadOnlyList<Diagnosis>> IssuerAsync(string subject, Uri authority, string? expected, CancellationToken cancellationToken)
    {
        var discovery = $"{authority.ToString().TrimEnd('/')}/.well-known/openid-configuration";
        var (problem, text, date) = await GetAsync(new Uri(discovery), cancellationToken);
        if (problem is not null)
        {
            return [Diagnosis.Ill(subject, $"{discovery} {problem}", "Is the authority right, and may this machine reach it? Its certificate must be trusted by the system (update-ca-certificates).")];
        }

        var found = new List<Diagnosis> { await KeysAsync(subject, discovery, expected ?? authority.ToString().TrimEnd('/'), text!, cancellationToken) };
        if (date is { } theirs)
        {
            found.Add(Clocks.Judge($"the {subject}", theirs, time, OneSecond));
        }

        return found;
    }

    private async Task<Diagnosis> KeysAsync(string subject, string discovery, string expected, string text, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var says = document.RootElement.GetProperty("issuer").GetString();
            if (says != expected)
            {
                return Diagnosis.Ill(subject, $"{discovery} says that it is the issuer {says}, and tokens of {expected} are expected", "Set the Authority or Issuer to exactly what the document says, slash included.");
            }

            var keys = new Uri(document.RootElement.GetProperty("jwks_uri").GetString()!);
            var (problem, body, _) = await GetAsync(keys, cancellationToken);
            if (problem is not null)
            {
                return Diagnosis.Ill(subject, $"its keys at {keys} {problem}", "Without keys no token can be checked: let this machine reach the address.");
            }

            using var set = JsonDocument.Parse(body!);
            var count = set.RootElement.GetProperty("keys").EnumerateArray().Count(k => k.GetProperty("kty").GetString() is "RSA" or "EC");
            return count > 0
                ? Diagnosis.Well(subject, $"{says} publishes {count} RSA or EC key{(count == 1 ? "" : "s")}")
                : Diagnosis.Ill(subject, $"{keys} holds no RSA or EC key", "Have the issuer sign with RS256 or ES256 (or their kin).");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or UriFormatException or ArgumentNullException)
        {
            return Diagnosis.Ill(subject, $"{discovery} or its key set is not what OpenID Connect Discovery asks for", "Is this address an OpenID Connect issuer?");
        }
    }

    private static async Task<IReadOnlyList<Diagnosis>> PoliciesAsync(Installation installation, CancellationToken cancellationToken)
    {
        var found = new List<Diagnosis>();
        foreach (var path in new[] { installation.Policy?.File, installation.Edge?.PolicyFile }.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            var bundle = await PolicyBundle.LoadAsync(path, cancellationToken);
            var problems = bundle.Main.Fault is null ? PolicyFile.Read(bundle).Problems.Count : 0;
            found.Add((bundle.Main.Fault, problems) switch
            {
                ({ } fault, _) => Diagnosis.Ill("policy file", $"{path} {fault}", "Copy compose/policy.example.yaml there, name your servers, and let the rooms read it."),
                (_, 0) => Diagnosis.Well("policy file", $"{path} is good"),
                _ => Diagnosis.Ill("policy file", $"{path} has {problems} problem{(problems == 1 ? "" : "s")}", $"chaperone policy check {path} names each."),
            });
        }

        return found;
    }

    private static IEnumerable<UpstreamServer> Upstreams(Installation installation)
    {
        try
        {
            return installation.Edge?.PolicyFile is { } path && File.Exists(path) ? [.. UpstreamFile.Parse(path, File.ReadAllText(path)).Values] : [];
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // Told by the policy file's own line.
            return [];
        }
    }

    private async Task<Diagnosis> UpstreamAsync(UpstreamServer server, CancellationToken cancellationToken)
    {
        var subject = $"upstream {server.Name}";
        try
        {
            using var answer = await _http.GetAsync(server.Url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.StatusCode is HttpStatusCode.NotFound or >= HttpStatusCode.InternalServerError
                ? Diagnosis.Look(subject, $"{server.Url} answered {(int)answer.StatusCode}", "Is the path the server's MCP endpoint, and is the server well?")
                : Diagnosis.Well(subject, $"{server.Url} answers ({(int)answer.StatusCode} to a GET without credentials)");
        }
        catch (Exception e) when ((e is HttpRequestException or TaskCanceledException) && !cancellationToken.IsCancellationRequested)
        {
            return Diagnosis.Look(subject, $"{server.Url} cannot be reached: {e.GetBaseException().Message}", "Its calls are answered with 502. Is it up, and may this machine reach it?");
        }
    }

    private async Task<Diagnosis> ReadyAsync(Uri room, CancellationToken cancellationToken)
    {
        var subject = $"running {room.Authority}";
        try
        {
            using var answer = await _http.GetAsync(new Uri(room, "/health/ready"), cancellationToken);
            using var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            var problems = report.RootElement.GetProperty("dependencies").EnumerateObject()
                .Where(d => !d.Value.GetProperty("ok").GetBoolean())
                .Select(d => $"{d.Name}: {d.Value.GetProperty("problem").GetString()}")
                .ToArray();
            const string remedy = "docs/runbooks.md says what to do for each.";
            return problems.Length == 0
                ? Diagnosis.Well(subject, "is ready")
                : answer.IsSuccessStatusCode ? Diagnosis.Look(subject, string.Join(' ', problems), remedy) : Diagnosis.Ill(subject, string.Join(' ', problems), remedy);
        }
        catch (Exception e) when ((e is HttpRequestException or TaskCanceledException or JsonException or KeyNotFoundException or InvalidOperationException) && !cancellationToken.IsCancellationRequested)
        {
            return Diagnosis.Ill(subject, $"does not answer /health/ready as a room does: {e.GetBaseException().Message}", "Is it started? Look at its log (journalctl -u 'chaperone*').");
        }
    }

    private async Task<(string? Problem, string? Text, DateTimeOffset? Date)> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        if (url.Scheme != "https" && !url.IsLoopback)
        {
            return ("is http to another machine, so it is not asked", null, null);
        }

        try
        {
            using var answer = await _http.GetAsync(url, cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK
                ? (null, await answer.Content.ReadAsStringAsync(cancellationToken), answer.Headers.Date)
                : ($"answered {(int)answer.StatusCode}", null, null);
        }
        catch (Exception e) when ((e is HttpRequestException or TaskCanceledException) && !cancellationToken.IsCancellationRequested)
        {
            return ($"cannot be reached: {e.GetBaseException().Message}", null, null);
        }
    }
}
