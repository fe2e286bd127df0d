using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Chaperone.Edge.Upstream.Secrets;

namespace Chaperone.Edge.Upstream.Credentials;

/// <summary>Asks an OAuth 2.0 token endpoint (RFC 6749, 5; RFC 8693, 2.2). What it says in free text is never repeated.</summary>
internal sealed class TokenEndpoint(string field, TokenTerms terms, SecretReader secrets, SecretHttp http, TimeProvider time)
{
    /// <summary>What stands before a token in the header.</summary>
    public const string Scheme = "Bearer ";

    private const int MaxToken = 16 * 1024;
    private static readonly TimeSpan Unstated = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private static readonly string[] KnownErrors =
        ["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope", "invalid_target", "access_denied"];

    /// <summary>A header value with a token, until shortly before it expires.</summary>
    /// <exception cref="CredentialException">There is none.</exception>
    public async Task<Leased<string>> AskAsync(IReadOnlyList<KeyValuePair<string, string>> grant, string? issuedType, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        using var request = await RequestAsync(grant, cancellationToken);
        var (status, answer) = await http.SendAsync(request, $"{field}.token_endpoint: it", cancellationToken);
        using (answer)
        {
            return status == HttpStatusCode.OK && answer?.RootElement is { ValueKind: JsonValueKind.Object } root
                ? Read(root, issuedType, asked)
                : throw new CredentialException($"{field}: the token endpoint answered HTTP {(int)status}{ErrorOf(answer)}; check client, secret, scope and resource");
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(IReadOnlyList<KeyValuePair<string, string>> grant, CancellationToken cancellationToken)
    {
        var form = new List<KeyValuePair<string, string>>(grant);
        Add(form, "scope", terms.Scope);
        Add(form, "resource", terms.Resource);
        Add(form, "audience", terms.Audience);
        var request = new HttpRequestMessage(HttpMethod.Post, terms.Endpoint);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (terms.PrivateKey is { } key)
        {
            var pem = await secrets.ReadAsync(key, null, cancellationToken);
            form.Add(new("client_id", terms.ClientId));
            form.Add(new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
            form.Add(new("client_assertion", ClientAssertion.Make(field, terms, pem, time.GetUtcNow())));
        }
        else if (await secrets.ReadAsync(terms.ClientSecret!, null, cancellationToken) is var secret && terms.SecretInForm)
        {
            form.Add(new("client_id", terms.ClientId));
            form.Add(new("client_secret", secret));
        }
        else
        {
            // RFC 6749, 2.3.1: both are form-encoded before they are joined.
            var pair = $"{WebUtility.UrlEncode(terms.ClientId)}:{WebUtility.UrlEncode(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(pair)));
        }

        request.Content = new FormUrlEncodedContent(form);
        return request;
    }

    private Leased<string> Read(JsonElement root, string? issuedType, DateTimeOffset asked)
    {
        if (Text(root, "access_token") is not { Length: > 0 and <= MaxToken } token || token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new CredentialException($"{field}: the token endpoint's answer has no usable access_token; check that it is an OAuth 2.0 token endpoint");
        }

        if (!string.Equals(Text(root, "token_type"), "Bearer", StringComparison.OrdinalIgnoreCase)
            || (issuedType is not null && Text(root, "issued_token_type") != issuedType))
        {
            throw new CredentialException($"{field}: the token endpoint gave no Bearer access token; have it issue one");
        }

        // Without expires_in nobody knows; the edge asks again soon. A short life is used to nine tenths.
        var life = root.TryGetProperty("expires_in", out var expires) && expires.ValueKind == JsonValueKind.Number && expires.TryGetDouble(out var seconds)
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Longest.TotalSeconds))
            : Unstated;
        var margin = life / 10 < Margin ? life / 10 : Margin;
        return new Leased<string>(Scheme + token, asked + life - margin);
    }

    private static string ErrorOf(JsonDocument? answer) =>
        answer?.RootElement is { ValueKind: JsonValueKind.Object } root && Text(root, "error") is { } error && KnownErrors.Contains(error, StringComparer.Ordinal)
            ? $" ({error})"
            : string.Empty;

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void Add(List<KeyValuePair<string, string>> form, string name, string? value)
    {
        if (value is not null)
        {
            form.Add(new(name, value));
        }
    }
}
