using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Edge.Approvals;

namespace Chaperone.Edge.Decisions;

/// <summary>Shows policy what servers list: the answers to clients, and the tools as a server lists them now, where no client's list has shown them, or where a call has waited since.</summary>
internal sealed class ToolReview(ToolProbe probe, IAsk<ReviewList, ListReviewed> reviews, IPayloadSeal seal)
{
    /// <summary>A list answer as policy lets this caller see it; null when policy cannot be asked.</summary>
    public async ValueTask<byte[]?> FilterAsync(Exchange exchange, ReadOnlyMemory<byte> answer)
    {
        var reviewed = await ShowAsync(exchange, answer, exchange.Message is { Params: var parameters } && !HasCursor(parameters));
        try
        {
            return reviewed?.Answer is null ? null : seal.Open(reviewed.Answer, exchange.Call.CallId);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Shows the whole list; false when the server does not tell it, or policy cannot be asked.</summary>
    public async ValueTask<bool> ShowAllAsync(Exchange exchange, CancellationToken cancellationToken) =>
        await probe.ListAllAsync(exchange, cancellationToken) is { } tools && await AskAsync(exchange, Answer(tools), whole: true) is not null;

    /// <summary>Whether <paramref name="tool"/>, as the server lists it now, is accepted; false when policy cannot be asked.</summary>
    public async ValueTask<bool> AcceptsAsync(Exchange exchange, JsonElement tool) =>
        await ShowAsync(exchange, Answer([tool.GetRawText()]), whole: false) is { Answer: not null, Unaccepted: 0 };

    private static bool HasCursor(JsonElement parameters) => parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty("cursor", out _);

    private static byte[] Answer(IReadOnlyList<string> tools) =>
        Encoding.UTF8.GetBytes($$$"""{"jsonrpc":"2.0","id":0,"result":{"tools":[{{{string.Join(',', tools)}}}]}}""");

    /// <summary>A part of the first list that a server ever shows is reviewed after the whole.</summary>
    private async ValueTask<ListReviewed?> ShowAsync(Exchange exchange, ReadOnlyMemory<byte> answer, bool whole)
    {
        var reviewed = await AskAsync(exchange, answer, whole);
        return reviewed is not { NeedsWholeList: true } ? reviewed
            : await ShowAllAsync(exchange, CancellationToken.None) ? await AskAsync(exchange, answer, whole)
            : null;
    }

    private async ValueTask<ListReviewed?> AskAsync(Exchange exchange, ReadOnlyMemory<byte> answer, bool whole)
    {
        try
        {
            return await exchange.Own.AskAsync(reviews, new ReviewList { Call = exchange.Call, Answer = seal.Seal(answer.Span, exchange.Call.CallId), Whole = whole }, CancellationToken.None);
        }
        catch (Exception e) when (e is BusUnavailableException or CryptographicException)
        {
            return null;
        }
    }
}
