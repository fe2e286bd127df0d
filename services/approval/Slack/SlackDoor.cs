using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Slack;

/// <summary>Where Slack posts clicks. The signature is checked over the raw body before anything of it is read.</summary>
internal sealed partial class SlackDoor(SlackInbox inbox, IOptions<ApprovalOptions> options, TimeProvider time, ILogger<SlackDoor> logger)
{
    public const string Path = "/slack/interactions";
    private const int LongestBody = 256 * 1024;

    public async Task TakeAsync(HttpContext http)
    {
        if (await RawBody.ReadAsync(http.Request, LongestBody) is not { } body)
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var slack = options.Value.Slack;
        var secret = SecretText.Read("Approval:Slack:SigningSecret", slack.SigningSecret, slack.SigningSecretFile);
        var headers = http.Request.Headers;
        if (!SlackSignature.Holds(secret, headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"], body, time.GetUtcNow()))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        SlackModalAsked? asked;
        try
        {
            asked = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body))["payload"] is [{ Length: > 0 } payload]
                ? await inbox.TakeAsync(payload, http.RequestAborted)
                : throw new FormatException("The body holds no payload.");
        }
        catch (FormatException e)
        {
            Log.Unreadable(logger, e);
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        // The store is away or slow: Slack shows the person that the click failed.
        catch (Exception e)
        {
            Log.NotKept(logger, e);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        await http.Response.CompleteAsync();
        if (asked is not null)
        {
            await inbox.OpenAsync(asked);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3031, LogLevel.Warning, "A signed interaction could not be read")]
        public static partial void Unreadable(ILogger logger, Exception exception);

        [LoggerMessage(3032, LogLevel.Error, "A click in Slack could not be kept and was refused")]
        public static partial void NotKept(ILogger logger, Exception exception);
    }
}
