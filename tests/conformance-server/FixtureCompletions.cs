using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Chaperone.ConformanceServer;

/// <summary>Completion of the fixtures' arguments.</summary>
internal static class FixtureCompletions
{
    private static readonly string[] Words = ["paris", "park", "party", "test", "testing"];

    public static ValueTask<CompleteResult> CompleteAsync(RequestContext<CompleteRequestParams> context, CancellationToken cancellationToken)
    {
        var typed = context.Params?.Argument.Value ?? string.Empty;
        string[] values = [.. Words.Where(word => word.StartsWith(typed, StringComparison.Ordinal))];
        return ValueTask.FromResult(new CompleteResult { Completion = new() { Values = values, Total = values.Length, HasMore = false } });
    }
}
