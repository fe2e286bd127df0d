using Chaperone.Demo.Clinic.Data;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Chaperone.Demo.Clinic.Tools;

/// <summary>Completes MRNs, for the prompt and for the resource template.</summary>
internal static class MrnCompletion
{
    // The protocol's own bound on one answer.
    private const int Most = 100;

    public static ValueTask<CompleteResult> CompleteAsync(RequestContext<CompleteRequestParams> context, CancellationToken cancellationToken)
    {
        var argument = context.Params!.Argument;
        var (total, first) = argument.Name == "mrn" ? context.Services!.GetRequiredService<PatientStore>().Complete(argument.Value, Most) : (0, []);
        return ValueTask.FromResult(new CompleteResult { Completion = new() { Values = first, Total = total, HasMore = total > first.Length } });
    }
}
