using System.Net;
using System.Text.Json;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Elastic;

/// <summary>One answer: its status and its JSON. Dispose it when it is read.</summary>
internal sealed class ElasticAnswer(HttpStatusCode status, JsonDocument? body, TimeSpan? retryAfter) : IDisposable
{
    public HttpStatusCode Status => status;

    public bool IsOk => (int)status is >= 200 and < 300;

    /// <summary>The JSON of an answer that has some.</summary>
    /// <exception cref="ElasticException">It has none.</exception>
    public JsonElement Body => body?.RootElement ?? throw new ElasticException(ElasticFault.Foreign, $"The server answered {(int)status} without JSON. Is the URL that of Elasticsearch?");

    /// <summary>The name that the server gives to the error, e.g. <c>security_exception</c>; never its sentence, which may quote documents.</summary>
    public string ErrorType
    {
        get
        {
            var error = default(JsonElement);
            return body?.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("error", out error)
                ? TypeOf(error)
                : "no reason";
        }
    }

    /// <summary>The plain name in an <c>error</c> object.</summary>
    public static string TypeOf(JsonElement error) =>
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            ? PlainNames.OrNull(type.GetString()) ?? "unnamed error"
            : "unnamed error";

    /// <summary>Returns this answer if it is a success.</summary>
    /// <param name="doing">What was asked, for the message.</param>
    /// <exception cref="ElasticException">It is none.</exception>
    public ElasticAnswer OrThrow(string doing)
    {
        if (IsOk)
        {
            return this;
        }

        var (fault, remedy) = Explain(status);
        var problem = new ElasticException(fault, $"Elasticsearch answered {(int)status} ({ErrorType}) to {doing}. {remedy}") { RetryAfter = retryAfter };
        Dispose();
        throw problem;
    }

    public void Dispose() => body?.Dispose();

    private static (ElasticFault Fault, string Remedy) Explain(HttpStatusCode status) => (int)status switch
    {
        400 => (ElasticFault.Rejected, "Run 'chaperone elastic setup' of this version, so that the mappings fit."),
        401 => (ElasticFault.Refused, "The API key is missing, unknown or expired: create one, and put it into the key file."),
        403 => (ElasticFault.Refused, "The API key lacks a privilege, or the index is blocked: compare the key with its file in compose/elasticsearch/, and look at the index's blocks."),
        404 => (ElasticFault.Missing, "Run 'chaperone elastic setup'."),
        406 or 415 => (ElasticFault.Foreign, "It does not take JSON from us: is the URL that of Elasticsearch 7.17, 8 or 9?"),
        413 => (ElasticFault.TooLarge, "Requests are made smaller; http.max_content_length says what the server takes."),
        429 => (ElasticFault.Busy, "It is overloaded or its disk is nearly full: add room, or wait."),
        502 or 504 => (ElasticFault.Unsure, "A proxy in front of it has no answer."),
        >= 500 => (ElasticFault.Failing, "Look at the cluster's health."),
        _ => (ElasticFault.Foreign, "Is the URL that of Elasticsearch?"),
    };
}
