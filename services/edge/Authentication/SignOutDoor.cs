using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Edge.Authentication;

/// <summary>OpenID Connect Back-Channel Logout 1.0: an identity provider says that a session, or all of a person's, have ended.</summary>
internal sealed partial class SignOutDoor(TokenGate gate, EndedSignIns ended, LiveCalls calls, StrangerLimit strangers, IAnnounce<SessionEnded> announce, IJournal journal, TimeProvider time, ILogger<SignOutDoor> logger)
{
    public const string Path = "/backchannel-logout";

    private const int MaxBody = 32 * 1024;

    /// <summary>POST: 200 once it holds everywhere and is recorded, 400 for a token that is none, 503 where it holds here but others could not be told.</summary>
    public async Task<IResult> AnswerAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (strangers.Wait(http) is { } wait)
        {
            StrangerLimit.Tell(http, wait);
            return Results.Json(new { error = "temporarily_unavailable", error_description = "Too many refused requests came from this address." }, statusCode: StatusCodes.Status429TooManyRequests);
        }

        if (!http.Request.HasFormContentType || http.Request.ContentLength is not <= MaxBody)
        {
            strangers.Count(http);
            return Refuse("The body must be a form with logout_token.");
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (token, problem) = await gate.CheckLogoutAsync(form["logout_token"].ToString());
        if (token is null)
        {
            strangers.Count(http);
            return Refuse(problem!);
        }

        var news = new SessionEnded { Keys = EndedSignIns.KeysOf(token.Issuer, token.SessionId, token.Subject), At = token.IssuedAt };
        try
        {
            ended.End(news);
            var under = calls.End(ended.Has);
            Log.Ended(logger, token.Issuer, under);
            await announce.AnnounceAsync(news, CancellationToken.None);
            await journal.WriteAsync(Record(token), CancellationToken.None);
            return Results.Ok();
        }
        catch (Exception e) when (e is BusUnavailableException or IOException or UnauthorizedAccessException)
        {
            Log.NotTold(logger, token.Issuer, e.Message);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Refuse(string words) =>
        Results.Json(new { error = "invalid_request", error_description = words }, statusCode: StatusCodes.Status400BadRequest);

    private RecordEntry Record(LogoutToken token) => new()
    {
        EventId = Guid.CreateVersion7(time.GetUtcNow()),
        Kind = RecordKind.Session,
        OccurredAt = time.GetUtcNow(),
        Source = "edge",
        Actor = token.Subject is { } subject ? new Principal { Issuer = token.Issuer, Subject = subject, Groups = [], ClientId = string.Empty } : null,
        Note = "The identity provider ended the sign-in; its tokens are good no longer.",
    };

    private static partial class Log
    {
        [LoggerMessage(1011, LogLevel.Information, "{Issuer} ended a sign-in; calls under way that were ended: {Calls}")]
        public static partial void Ended(ILogger logger, string issuer, int calls);

        [LoggerMessage(1012, LogLevel.Error, "{Issuer} ended a sign-in, which holds here, but other edges or the records could not be told: {Problem}")]
        public static partial void NotTold(ILogger logger, string issuer, string problem);
    }
}

/// <summary>What a verified logout token says: a session, a subject, or both.</summary>
internal sealed record LogoutToken(string Issuer, string? SessionId, string? Subject, DateTimeOffset IssuedAt);
