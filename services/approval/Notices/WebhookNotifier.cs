using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chaperone.Bus.Sealing;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Notices;

/// <summary>Posts each card as signed JSON to one address; any 2xx answer means delivered, redirects are not followed.</summary>
internal sealed class WebhookNotifier : INotifier, IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    private readonly Uri _url;
    private readonly (string Id, byte[] Key) _key;
    private readonly TimeProvider _time;

    public WebhookNotifier(IOptions<ApprovalOptions> options, TimeProvider time)
    {
        _url = options.Value.Webhook.Url ?? throw new InvalidOperationException("Approval:Webhook:Url is not set.");
        _key = KeyFile.LoadOrCreate(options.Value.Webhook.KeyFile).Current;
        _time = time;
    }

    public string Name => "webhook";

    public bool ReachesPeople => true;

    public bool Tells(NoticeOccasion occasion) => true;

    public async Task NotifyAsync(NoticeCard card, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(card, Json);
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Chaperone-Delivery", card.DeliveryId);
        request.Headers.Add("X-Chaperone-Signature", WebhookSignature.Compute(_key.Id, _key.Key, _time.GetUtcNow(), body));
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"The webhook answered {(int)response.StatusCode}.", null, response.StatusCode);
        }
    }

    public void Dispose() => _client.Dispose();
}
