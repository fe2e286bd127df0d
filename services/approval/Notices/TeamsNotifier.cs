using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Notices;

/// <summary>Posts a card to a Teams channel through a Workflows webhook. It cannot be changed afterwards: its link leads to the page that shows how the request stands, and where the person signs in and answers.</summary>
internal sealed class TeamsNotifier(CardLinks links, IOptions<ApprovalOptions> options) : INotifier, IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    public string Name => "teams";

    public bool ReachesPeople => true;

    public bool Tells(NoticeOccasion occasion) => occasion != NoticeOccasion.Closed;

    public async Task NotifyAsync(NoticeCard card, CancellationToken cancellationToken)
    {
        var teams = options.Value.Teams;
        var url = new Uri(SecretText.Read("Approval:Teams:WorkflowUrl", teams.WorkflowUrl, teams.WorkflowUrlFile));
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(TeamsCard.Of(card, links.For(card, Name)).ToJsonString(), new MediaTypeHeaderValue("application/json", "utf-8")),
        };
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            throw new BusyException("The Teams workflow", BusyException.WaitOf(response));
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"The Teams workflow answered {(int)response.StatusCode}.", null, response.StatusCode);
        }
    }

    public void Dispose() => _client.Dispose();
}
