using System.Net;
using System.Text;
using System.Text.Json;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Console.Tests.Pages;

/// <summary>The identifier of a patient goes to masking alone, never into an address; who may not reveal does not get here.</summary>
public sealed class DisclosuresTests
{
    private const string Path = "/disclosures";
    private const string Reason = "Jane Roe asked, ticket 4711";

    private static readonly (string, string)[] Form = [("Kind", "number"), ("Identifier", " MRN-100010 "), ("From", "2020-11-28"), ("To", "2026-11-28"), ("Reason", Reason)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Show_ByAnOfficer_AsksMaskingThenTheRecorder()
    {
        await using var stage = await StageAsync();
        stage.Rooms.Disclosures = stage.Facts.Accounting(ConsoleStage.Nurse);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync(Path, Path, Token, [.. Form, ("As", "show")]);

        Assert.Equal((HttpStatusCode.OK, ""), (page.Status, page.Address.Query));
        Assert.Contains("3 calls", page.Html, StringComparison.Ordinal);
        Assert.Contains("not stated", page.Html, StringComparison.Ordinal);
        Assert.Contains("all masked", page.Html, StringComparison.Ordinal);
        Assert.Contains("in the clear: MRN", page.Html, StringComparison.Ordinal);
        Assert.Equal((PatientIdentifierKind.Number, "MRN-100010"), (Assert.Single(stage.Rooms.Patients).Kind, Assert.Single(stage.Rooms.Patients).Value));
        var asked = Assert.Single(stage.Rooms.Questions.OfType<FindDisclosures>());
        var seal = stage.Services.GetRequiredService<IPayloadSeal>();
        Assert.Equal(("p-analyst", Reason, 16), (asked.Actor.Subject, Encoding.UTF8.GetString(seal.Open(asked.Reason, asked.RequestId)), seal.Open(asked.Marks, asked.RequestId).Length));
        Assert.Equal((new DateTimeOffset(2020, 11, 28, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 29, 0, 0, 0, TimeSpan.Zero)), (asked.From, asked.To));
    }

    [Fact]
    public async Task Csv_IsAFileThatNamesNoPatientAndRunsNoFormula()
    {
        await using var stage = await StageAsync();
        var accounting = stage.Facts.Accounting(ConsoleStage.Nurse);
        stage.Rooms.Disclosures = accounting with { Items = [accounting.Items[0] with { ClientName = "=HYPERLINK(\"x\")" }] };
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var file = await browser.PostAsync(Path, Path, Token, [.. Form, ("As", "csv")]);

        Assert.Contains("attachment", file.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.DoesNotContain("100010", file.Html + file.Headers["Content-Disposition"], StringComparison.Ordinal);
        var lines = file.Html.Split("\r\n");
        Assert.StartsWith("date,recipient,", lines[0], StringComparison.Ordinal);
        Assert.Contains(",\"'=HYPERLINK(\"\"x\"\")\",clinic,tools/call get_patient,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",no,ID MRN,request and answer,not stated,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_EscapesWhatOthersWrote()
    {
        await using var stage = await StageAsync();
        var accounting = stage.Facts.Accounting(ConsoleStage.Nurse);
        stage.Rooms.Disclosures = accounting with { Items = [accounting.Items[0] with { Purpose = "<script>alert(1)</script>" }] };
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var file = await browser.PostAsync(Path, Path, Token, [.. Form, ("As", "html")]);

        Assert.Contains("&lt;script&gt;", file.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", file.Html, StringComparison.Ordinal);
        Assert.Contains("may concern anybody: records 4711", file.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("100010", file.Html, StringComparison.Ordinal);
    }

    /// <summary>The same events as the command's: the patient is the pseudonym under the key that writes.</summary>
    [Fact]
    public async Task Fhir_IsOneAuditEventALineOfTheGatewayAndThePseudonym()
    {
        await using var stage = await StageAsync();
        stage.Rooms.Disclosures = stage.Facts.Accounting(ConsoleStage.Nurse);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var file = await browser.PostAsync(Path, Path, Token, [.. Form, ("Gateway", "https://mcp.example.org/mcp"), ("As", "fhir")]);

        Assert.Equal("attachment; filename=disclosures-2020-11-28-2026-11-28.ndjson; filename*=UTF-8''disclosures-2020-11-28-2026-11-28.ndjson", file.Headers["Content-Disposition"]);
        Assert.DoesNotContain("100010", file.Html, StringComparison.Ordinal);
        var asked = Assert.Single(stage.Rooms.Questions.OfType<FindDisclosures>());
        var mark = stage.Services.GetRequiredService<IPayloadSeal>().Open(asked.Marks, asked.RequestId)[..16];
        var events = file.Html.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(3, events.Length);
        Assert.All(events, e =>
        {
            var patient = e.GetProperty("entity")[0].GetProperty("what").GetProperty("identifier");
            Assert.Equal(($"urn:chaperone:patient:{asked.KeyIds[0]}", Convert.ToHexStringLower(mark)), (patient.GetProperty("system").GetString(), patient.GetProperty("value").GetString()));
            Assert.Equal("https://mcp.example.org/mcp", e.GetProperty("source").GetProperty("observer").GetProperty("identifier").GetProperty("value").GetString());
        });
    }

    /// <summary>A repository that takes events reads no warnings: a list that was cut is none.</summary>
    [Theory]
    [InlineData(true, "There are more calls than one list holds")]
    [InlineData(false, "keys that masking.key no longer has (k-old)")]
    public async Task Fhir_ThatWouldNotBeAll_IsRefused(bool cut, string why)
    {
        await using var stage = await StageAsync();
        stage.Rooms.Disclosures = stage.Facts.Accounting(ConsoleStage.Nurse) with { More = cut, LostKeys = cut ? [] : ["k-old"] };
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync(Path, Path, Token, [.. Form, ("Gateway", "https://mcp.example.org/mcp"), ("As", "fhir")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(why, page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("AuditEvent\"", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mcp.example.org")]
    [InlineData("ftp://mcp.example.org")]
    [InlineData("https://me:secret@mcp.example.org")]
    public async Task Fhir_WithoutAnAddressOfTheGateway_IsRefusedAndNothingAsked(string gateway)
    {
        await using var stage = await StageAsync();
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync(Path, Path, Token, [.. Form, ("Gateway", gateway), ("As", "fhir")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Empty(stage.Rooms.Patients);
    }

    [Theory]
    [InlineData("Identifier", " ")]
    [InlineData("Kind", "name")]
    [InlineData("From", "yesterday")]
    [InlineData("To", "2020-01-01")]
    [InlineData("Reason", "short")]
    public async Task Form_ThatIsNotWhole_IsRefusedAndNothingAsked(string field, string value)
    {
        await using var stage = await StageAsync();
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync(Path, Path, Token, [.. Form.Where(f => f.Item1 != field), (field, value)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Empty(stage.Rooms.Questions.OfType<FindDisclosures>());
        Assert.Empty(stage.Rooms.Patients);
    }

    /// <summary>Default deny: reading sessions is not enough.</summary>
    [Fact]
    public async Task Page_ForWhoMayNotReveal_IsForbidden()
    {
        await using var stage = await StageAsync("somebody-else");
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.GetAsync(Path, Token);

        Assert.DoesNotContain("name=\"Identifier\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/disclosures\"", page.Html, StringComparison.Ordinal);
    }

    /// <summary>Attack: a foreign page posts the form in the officer's browser.</summary>
    [Fact]
    public async Task Post_WithoutToken_IsRefused()
    {
        await using var stage = await StageAsync();
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync(Path, null, Token, Form);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Empty(stage.Rooms.Patients);
    }

    private static Task<ConsoleStage> StageAsync(string group = "soc") => ConsoleStage.StartAsync(Token, null, ("Console:RevealGroups:0", group));
}
