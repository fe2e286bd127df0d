using System.Globalization;
using System.Text;
using System.Text.Json;
using Chaperone.Bus.Sealing;
using Chaperone.Console.Disclosures;
using Chaperone.Console.SignIn;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages;

/// <summary>
/// What was handed out about one patient (45 CFR 164.528). The identifier is posted, never part of an address; masking makes its
/// pseudonym, and the recorder writes down who asked and why before it answers.
/// </summary>
internal sealed class DisclosuresModel(Rooms rooms, Visitors visitors, IPayloadSeal seal, TimeProvider time) : PageModel
{
    public const int MinReason = 10;
    public const int MaxReason = 500;
    public const int MaxIdentifier = 256;
    private const int Years = 6;
    private const int MarkSize = 16;

    // What the events name the patient by; set where they were asked for.
    private (string KeyId, byte[] Mark)? _patient;

    /// <summary>What was typed; it goes back into the form so that the same can be downloaded.</summary>
    public DisclosureForm Form { get; private set; } = new();

    public string? Problem { get; private set; }

    /// <summary>What was found; null before it was asked.</summary>
    public DisclosuresFound? Found { get; private set; }

    public void OnGet()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        Form = new DisclosureForm { Kind = "number", From = Day(today.AddYears(-Years)), To = Day(today) };
    }

    public async Task<IActionResult> OnPostAsync([FromForm] DisclosureForm form)
    {
        Form = form;
        var reason = form.Reason?.ReplaceLineEndings("\n").Trim() ?? "";
        if (form.Identifier?.Trim() is not { Length: > 0 and <= MaxIdentifier } identifier || KindOf(form.Kind) is not { } kind)
        {
            return Refuse($"Give an identifier of the patient, of 1 to {MaxIdentifier} characters, and say what it is.");
        }

        if (ReadDay(form.From) is not { } from || ReadDay(form.To) is not { } to || from > to)
        {
            return Refuse("Give the first and the last day of the period, the first not after the last.");
        }

        if (reason.Length is < MinReason or > MaxReason)
        {
            return Refuse($"Give a reason of {MinReason} to {MaxReason} characters; it is recorded, sealed.");
        }

        var gateway = DisclosureEvents.ReadGateway(form.Gateway);
        if (form.As == "fhir" && gateway is null)
        {
            return Refuse("For FHIR, give the http or https address of the gateway as clients reach it: it is the source of each disclosure.");
        }

        Found = await FindAsync(new PatientIdentifier { Kind = kind, Value = identifier }, reason, from, to.AddDays(1));
        if (Found.Problem is { } problem)
        {
            Found = null;
            return Refuse(problem);
        }

        return form.As switch
        {
            "csv" => Download(Found, DisclosureFormat.Csv, from, to.AddDays(1)),
            "html" => Download(Found, DisclosureFormat.Html, from, to.AddDays(1)),
            "fhir" => Events(Found, gateway!),
            _ => Page(),
        };
    }

    private async Task<DisclosuresFound> FindAsync(PatientIdentifier identifier, string reason, DateTimeOffset from, DateTimeOffset to)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var named = await rooms.NamePatientAsync(
            new NamePatient { RequestId = id, Identifier = seal.Seal(JsonSerializer.SerializeToUtf8Bytes(identifier), id) }, HttpContext.RequestAborted);
        if (named.Marks is not { } marks)
        {
            return new DisclosuresFound { Problem = named.Problem ?? "Masking made no pseudonym and did not say why." };
        }

        if (Form.As == "fhir")
        {
            _patient = (named.KeyIds[0], seal.Open(marks, id)[..MarkSize]);
        }

        return await rooms.FindDisclosuresAsync(
            new FindDisclosures
            {
                RequestId = id,
                Actor = visitors.Of(User).Person,
                Reason = seal.Seal(Encoding.UTF8.GetBytes(reason), id),
                Marks = marks,
                KeyIds = named.KeyIds,
                From = from,
                To = to,
            },
            HttpContext.RequestAborted);
    }

    private FileContentResult Download(DisclosuresFound found, DisclosureFormat format, DateTimeOffset from, DateTimeOffset to) => File(
        Encoding.UTF8.GetBytes(DisclosureFile.Write(found, from, to, format)),
        format == DisclosureFormat.Html ? "text/html; charset=utf-8" : "text/csv; charset=utf-8",
        $"disclosures-{Form.From}-{Form.To}.{(format == DisclosureFormat.Html ? "html" : "csv")}");

    // A program that takes events reads no warnings: some of them are none.
    private IActionResult Events(DisclosuresFound found, Uri gateway)
    {
        if (found.More || found.LostKeys.Length > 0)
        {
            Found = null;
            return Refuse($"The events would not be all, so there are none. {DisclosureFile.Warnings(found with { Incomplete = [] }).First()} That you asked is recorded.");
        }

        return File(
            Encoding.UTF8.GetBytes(DisclosureEvents.Write(found, gateway, _patient!.Value.KeyId, _patient.Value.Mark)), "application/fhir+ndjson", $"disclosures-{Form.From}-{Form.To}.ndjson");
    }

    private PageResult Refuse(string problem)
    {
        Problem = problem;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private static PatientIdentifierKind? KindOf(string? word) => word switch
    {
        "number" => PatientIdentifierKind.Number,
        "phone" => PatientIdentifierKind.Phone,
        "email" => PatientIdentifierKind.Email,
        _ => null,
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 9000
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : null;
}
