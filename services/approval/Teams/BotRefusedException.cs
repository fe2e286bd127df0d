using System.Net;

namespace Chaperone.Approval.Teams;

/// <summary>The Bot Framework understood and said no: nothing was done.</summary>
internal sealed class BotRefusedException(HttpMethod method, HttpStatusCode status) : Exception($"The Bot Framework answered {(int)status} to {method}.")
{
    public HttpStatusCode Status { get; } = status;
}
