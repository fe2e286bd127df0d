using System.Text;

namespace Chaperone.Masking;

/// <summary>Masks a few made-up messages before the first real one comes, so that it does not wait for the engine's code to be compiled.</summary>
internal sealed class MaskingWarmUp(Masker masker) : IHostedService
{
    private const string Note = "Patient: Ann Lee, MRN: 4711223, seen 2021-03-04 by Dr. Smith at Elm Clinic, 12 Oak Street, Springfield, IL 62701. Call 415-555-0100 or ann@clinic.org. SSN 123-45-6789. BP 120/80, takes 25 mg daily.";

    private static readonly string[] Messages =
    [
        """{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"NOTE"}],"structuredContent":{"mrn":"4711223","name":"Ann Lee","dob":"1980-03-04","rows":[{"code":"e11.9","value":7.2}]}}}""".Replace("NOTE", Note, StringComparison.Ordinal),
        """{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"name,ssn\nAnn Lee,123-45-6789\n"},{"type":"text","text":"{\"patient\":\"Ann Lee\"}"}]}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"find","arguments":{"mrn":"4711223"}}}""",
        """{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"find","description":"Finds a patient.","inputSchema":{"type":"object"}}]}}""",
    ];

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var context = new MaskContext { Method = "tools/call" };
        foreach (var message in Messages)
        {
            masker.Mask(Encoding.UTF8.GetBytes(message), MaskingProfile.SafeHarbor, context);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
