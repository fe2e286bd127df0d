using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Chaperone.Approval.Store;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Notices;

/// <summary>Links for cards that cannot be answered where they are. A link is sealed under the room's key (AES-256-GCM): nobody can make, read or change one.</summary>
internal sealed class CardLinks(StoreSeal seal, IOptions<ApprovalOptions> options)
{
    private const int LongestToken = 1000;

    // A decided request is still worth looking at for a while.
    private static readonly TimeSpan Afterwards = TimeSpan.FromDays(1);

    /// <summary>The address for one delivery of a card.</summary>
    /// <exception cref="InvalidOperationException">No console is configured.</exception>
    public Uri For(NoticeCard card, string channel)
    {
        var console = options.Value.ConsoleUrl ?? throw new InvalidOperationException("Approval:ConsoleUrl is not set.");
        var number = ApprovalNumber.TryParse(card.ApprovalId, out var read) ? read : throw new ArgumentException("A card without a number.", nameof(card));
        var link = new CardLink(card.DeliveryId, number, channel, card.ExpiresAt + Afterwards);
        var token = Base64Url.EncodeToString(seal.Seal(JsonSerializer.SerializeToUtf8Bytes(link), "link", ""));
        return new Uri($"{console.AbsoluteUri.TrimEnd('/')}/approvals/open?link={token}");
    }

    /// <summary>Reads what <see cref="For"/> made; null for anything else.</summary>
    public CardLink? Read(string token)
    {
        if (token.Length is 0 or > LongestToken || !Base64Url.IsValid(token))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<CardLink>(seal.Open(Base64Url.DecodeFromChars(token), "link", ""));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
