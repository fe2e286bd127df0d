using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Edge.Approvals;

namespace Chaperone.Edge.Decisions;

/// <summary>Shows policy the tools of a server as the server lists them now, where no list of a client has, or where a call has waited since.</summary>
internal sealed class ToolReview(ToolProbe probe, IAsk<ReviewList, ListReviewed> reviews, IPayloadSeal seal)
{
    /// <summary>Shows the whole list; false when the server does not tell it, or policy cannot be asked.</summary>
    public async ValueTask<bool> ShowAllAsync(Exchange exchange, CancellationToken cancellationToken) =>
        await probe.ListAllAsync(exchange, cancellationToken) is { } tools && await ShowAsync(exchange, tools) is not null;

    /// <summary>Whether <paramref name="tool"/>, as the server lists it now, is accepted; false when policy cannot be asked.</summary>
    public async ValueTask<bool> AcceptsAsync(Exchange exchange, JsonElement tool) =>
        await ShowAsync(exchange, [tool.GetRawText()]) is { Answer: not null, Unaccepted: 0 };

    private async ValueTask<ListReviewed?> ShowAsync(Exchange exchange, IReadOnlyList<string> tools)
    {
        var answer = $$$"""{"jsonrpc":"2.0","id":0,"result":{"tools":[{{{string.Join(',', tools)}}}]}}""";
        try
        {
            return await reviews.AskAsync(new ReviewList { Call = exchange.Call, Answer = seal.Seal(Encoding.UTF8.GetBytes(answer), exchange.Call.CallId) }, CancellationToken.None);
        }
        catch (Exception e) when (e is BusUnavailableException or CryptographicException)
        {
            return null;
        }
    }
}
