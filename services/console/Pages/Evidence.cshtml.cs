using System.Globalization;
using Chaperone.Console.SignIn;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages;

/// <summary>Makes a bundle of evidence for a period and hands it out; that it was is recorded first.</summary>
internal sealed class EvidenceModel(EvidenceOrder order, Visitors visitors, TimeProvider time) : PageModel
{
    private const int MostCheckpoint = 16 * 1024;

    [BindProperty]
    public EvidenceForm Form { get; set; } = new();

    /// <summary>One sentence why there is no bundle; null at first.</summary>
    public string? Problem { get; private set; }

    /// <summary>True for who may read sessions: only they may have masked text.</summary>
    public bool MayHaveText => visitors.Of(User).SeesSessions;

    public void OnGet()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        Form = new EvidenceForm { From = Day(today.AddDays(-29)), To = Day(today) };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var (filter, problem) = ReadForm();
        if (filter is null)
        {
            return Refuse(problem!, StatusCodes.Status400BadRequest);
        }

        var (request, made) = await order.MakeAsync(filter, visitors.Of(User).Person, HttpContext.RequestAborted);
        if (made.State != EvidenceState.Ready)
        {
            return Refuse(made.Problem ?? "The recorder made no bundle and did not say why.", StatusCodes.Status422UnprocessableEntity);
        }

        await SendAsync(request, made);
        return new EmptyResult();
    }

    private async Task SendAsync(MakeEvidence request, EvidenceMade made)
    {
        var started = false;
        try
        {
            await foreach (var piece in order.ReadAsync(request, made, HttpContext.RequestAborted))
            {
                if (!started)
                {
                    started = true;
                    Response.ContentType = "application/zip";
                    Response.ContentLength = made.Bytes;
                    Response.Headers.ContentDisposition = $"attachment; filename=\"evidence-{Form.From}-{Form.To}-{made.Sha256![..12]}.zip\"";
                }

                await Response.Body.WriteAsync(piece, HttpContext.RequestAborted);
            }
        }
        catch (Exception e) when (started && e is RoomAwayException or InvalidDataException or System.Security.Cryptography.CryptographicException)
        {
            // The head is on its way: cut the connection, so that the browser does not keep half a bundle.
            HttpContext.Abort();
        }
    }

    private PageResult Refuse(string problem, int status)
    {
        Problem = problem;
        Response.StatusCode = status;
        return Page();
    }

    private (EvidenceFilter? Filter, string? Problem) ReadForm()
    {
        if (ReadDay(Form.From) is not { } from || ReadDay(Form.To) is not { } to || from > to)
        {
            return (null, "Give the first and the last day of the period, the first not after the last.");
        }

        if (Form.MaskedText && !MayHaveText)
        {
            return (null, "Masked text is for those who may read sessions.");
        }

        Guid? session = null;
        if (Word(Form.Session) is { } id)
        {
            if (!Guid.TryParse(id, out var parsed))
            {
                return (null, "The session's id is not one: take it from the address of the session's page.");
            }

            session = parsed;
        }

        var older = Form.Older?.ReplaceLineEndings("\n").Trim('\n');
        if (older is { Length: > MostCheckpoint })
        {
            return (null, "The older checkpoint is too long to be one.");
        }

        return (
            new EvidenceFilter
            {
                From = from,
                To = to.AddDays(1),
                User = Word(Form.User),
                Server = Word(Form.Server),
                Tool = Word(Form.Tool),
                SessionId = session,
                Decision = Enum.TryParse<CallEffect>(Form.Decision, out var decision) && Enum.IsDefined(decision) ? decision : null,
                WithMaskedText = Form.MaskedText,
                OlderCheckpoint = string.IsNullOrWhiteSpace(older) ? null : older + "\n",
            },
            null);
    }

    private static string? Word(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 9000
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : null;
}
