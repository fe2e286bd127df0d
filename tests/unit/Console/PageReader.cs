using System.Net;

namespace Chaperone.Console.Tests;

/// <summary>A browser without a screen: cookies, redirects, forms with their anti-forgery token.</summary>
public sealed class PageReader : IDisposable
{
    private readonly HttpClient _following;
    private readonly HttpClient _still;
    private readonly Uri _url;

    public PageReader(Uri url)
    {
        _url = url;
        _following = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = true });
        _still = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false });
    }

    public CookieContainer Cookies { get; } = new();

    public Task<Page> GetAsync(string path, CancellationToken cancellationToken) =>
        ReadAsync(_following.GetAsync(new Uri(_url, path), cancellationToken), cancellationToken);

    /// <summary>As <see cref="GetAsync"/>, but the redirect itself is the answer.</summary>
    public Task<Page> GetStillAsync(string path, CancellationToken cancellationToken) =>
        ReadAsync(_still.GetAsync(new Uri(_url, path), cancellationToken), cancellationToken);

    public async Task<Page> GetFragmentAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_url, path));
        request.Headers.Add("X-Console-Fragment", "1");
        return await ReadAsync(_still.SendAsync(request, cancellationToken), cancellationToken);
    }

    /// <summary>Posts a form; the token is read from <paramref name="formPage"/> first, unless null.</summary>
    public async Task<Page> PostAsync(string path, string? formPage, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        var all = fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).ToList();
        if (formPage is not null)
        {
            all.Add(KeyValuePair.Create("__RequestVerificationToken", TokenOf((await GetAsync(formPage, cancellationToken)).Html)));
        }

        using var form = new FormUrlEncodedContent(all);
        return await ReadAsync(_following.PostAsync(new Uri(_url, path), form, cancellationToken), cancellationToken);
    }

    public void Dispose()
    {
        _following.Dispose();
        _still.Dispose();
    }

    private static async Task<Page> ReadAsync(Task<HttpResponseMessage> sending, CancellationToken cancellationToken)
    {
        using var response = await sending;
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join("\n", h.Value), StringComparer.OrdinalIgnoreCase);
        return new Page(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(cancellationToken),
            response.RequestMessage!.RequestUri!,
            headers);
    }

    private static string TokenOf(string html)
    {
        const string Start = "name=\"__RequestVerificationToken\" type=\"hidden\" value=\"";
        var at = html.IndexOf(Start, StringComparison.Ordinal);
        Assert.True(at > 0, "the page has no form");
        at += Start.Length;
        return html[at..html.IndexOf('"', at)];
    }
}
