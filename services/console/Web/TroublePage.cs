using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Chaperone.Console.Web;

/// <summary>The last net of every page: a room that is away gives 503 and says what to do, anything else 500; neither shows a trace.</summary>
internal sealed partial class TroublePage(IModelMetadataProvider metadata, ILogger<TroublePage> logger) : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is OperationCanceledException && context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        Trouble trouble;
        if (context.Exception is RoomAwayException away)
        {
            Log.RoomAway(logger, away.Room, away.InnerException?.Message ?? "");
            trouble = new Trouble(StatusCodes.Status503ServiceUnavailable, $"The {away.Room} room does not answer", away.Advice);
        }
        else
        {
            Log.Broken(logger, context.ActionDescriptor.DisplayName ?? "page", context.Exception);
            trouble = new Trouble(
                StatusCodes.Status500InternalServerError,
                "This page broke",
                $"The fault is ours and was logged as {context.HttpContext.TraceIdentifier}. Reload; if it stays, tell whoever runs Chaperone that number.");
        }

        context.ExceptionHandled = true;
        context.Result = Show(trouble, context, metadata);
    }

    public static ViewResult Show(Trouble trouble, ActionContext context, IModelMetadataProvider metadata) => new()
    {
        ViewName = "/Pages/Shared/Trouble.cshtml",
        StatusCode = trouble.Status,
        ViewData = new ViewDataDictionary<Trouble>(metadata, context.ModelState) { Model = trouble },
    };

    private static partial class Log
    {
        [LoggerMessage(7010, LogLevel.Warning, "The {Room} room does not answer: {Problem}")]
        public static partial void RoomAway(ILogger logger, string room, string problem);

        [LoggerMessage(7011, LogLevel.Error, "{Page} broke")]
        public static partial void Broken(ILogger logger, string page, Exception exception);
    }
}
