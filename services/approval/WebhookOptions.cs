namespace Chaperone.Approval;

/// <summary>Settings under <c>Approval:Webhook</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>Where cards are posted; https, or http on this machine. Null (default): no webhook.</summary>
    public Uri? Url { get; set; }

    /// <summary>File with the key that signs each post (HMAC-SHA256); created on first use. Default <c>data/keys/approval-webhook.key</c>.</summary>
    public string KeyFile { get; set; } = Path.Combine("data", "keys", "approval-webhook.key");
}
