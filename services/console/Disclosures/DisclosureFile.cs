using System.Globalization;
using System.Net;
using System.Text;
using Chaperone.Console.Web;
using Chaperone.Contracts;

namespace Chaperone.Console.Disclosures;

/// <summary>An accounting of disclosures as a file. It does not name the patient: who asked knows.</summary>
internal static class DisclosureFile
{
    private static readonly string[] Headings =
        ["date", "recipient", "recipient_subject", "recipient_issuer", "organization", "program", "server", "operation", "description", "identifiers_in_the_clear", "matched", "patient_named_by", "purpose", "approval", "rule", "call", "session", "leaf"];

    public static string Write(DisclosuresFound found, DateTimeOffset from, DateTimeOffset to, DisclosureFormat format) =>
        format == DisclosureFormat.Html ? Html(found, from, to) : Csv(found);

    /// <summary>What left, in a few words.</summary>
    public static string Describe(Disclosure disclosure)
    {
        if (disclosure.Classes.Length == 0)
        {
            return "an answer without identifiers";
        }

        var forms = disclosure.Classes.GroupBy(c => c.Form).OrderBy(g => g.Key)
            .Select(g => $"{Word(g.Key)}: {string.Join(", ", g.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Type} ×{c.Count}")))}");
        return string.Join("; ", forms);
    }

    /// <summary>True where every identifier of the answer was masked, or left as a token.</summary>
    public static bool IsMasked(Disclosure disclosure) => disclosure.Classes.All(c => c.Form is DisclosedForm.Masked or DisclosedForm.Token);

    /// <summary>Where the patient's identifier stood.</summary>
    public static string NamedBy(Disclosure disclosure) => (disclosure.Asked, disclosure.Answered) switch
    {
        (true, true) => "request and answer",
        (true, false) => "request",
        _ => "answer",
    };

    public static string Purpose(Disclosure disclosure) => disclosure.Purpose is { Length: > 0 } purpose ? purpose : "not stated";

    public static string Operation(Disclosure disclosure) => disclosure.Target is { } target ? $"{disclosure.Method} {target}" : disclosure.Method;

    private static string Word(DisclosedForm form) => form switch
    {
        DisclosedForm.Masked => "masked",
        DisclosedForm.Token => "as tokens",
        DisclosedForm.Partly => "in part",
        _ => "in the clear",
    };

    private static string Csv(DisclosuresFound found)
    {
        var text = new StringBuilder().Append(string.Join(',', Headings)).Append("\r\n");
        foreach (var row in found.Items)
        {
            text.AppendJoin(',', Cells(row).Select(Cell)).Append("\r\n");
        }

        return text.ToString();
    }

    private static string[] Cells(Disclosure row) =>
    [
        Say.Iso(row.At), Say.Person(row.Recipient), row.Recipient.Subject, row.Recipient.Issuer, row.Organization ?? "", row.ClientName ?? "", row.Server, Operation(row), Describe(row),
        IsMasked(row) ? "no" : "yes", string.Join(' ', row.Matched), NamedBy(row), Purpose(row), row.ApprovalId ?? "", row.Rule ?? "", $"{row.CallId}", $"{row.SessionId}", row.Index.ToString(CultureInfo.InvariantCulture),
    ];

    // RFC 4180; a cell that a spreadsheet would run as a formula begins with an apostrophe.
    private static string Cell(string text)
    {
        text = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return text.AsSpan().IndexOfAny("\",\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static string Html(DisclosuresFound found, DateTimeOffset from, DateTimeOffset to)
    {
        var text = new StringBuilder(
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>Accounting of disclosures</title>
            <style>body{font:15px/1.45 sans-serif;margin:2rem;color:#111}table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:.35rem .5rem;text-align:left;vertical-align:top}th{background:#eee}@media print{body{margin:0;font-size:11px}}</style></head><body>
            <h1>Accounting of disclosures (45 CFR 164.528)</h1>
            <p>Patient: ________________________________</p>

            """);
        text.Append(CultureInfo.InvariantCulture, $"<p>Period: {Day(from)} to {Day(to.AddTicks(-1))} (UTC). Looked through the first {found.TreeSize} records of the ledger. Calls listed: {found.Items.Length}. Calls that named the patient and were given nothing: {found.NothingGiven}.</p>\n");
        foreach (var warning in Warnings(found))
        {
            text.Append("<p><strong>").Append(WebUtility.HtmlEncode(warning)).Append("</strong></p>\n");
        }

        text.Append("<table><thead><tr><th>Date</th><th>Recipient</th><th>Where from</th><th>What</th><th>Patient named by</th><th>Purpose</th><th>Approval</th></tr></thead><tbody>\n");
        foreach (var row in found.Items)
        {
            var recipient = string.Join(", ", new[] { Say.Person(row.Recipient), row.Organization, row.Recipient.Email, row.ClientName }.Where(w => !string.IsNullOrEmpty(w)).Select(w => Say.Visible(w)));
            string[] cells = [Say.Time(row.At), recipient, $"{row.Server}: {Operation(row)}", Describe(row), $"{NamedBy(row)} ({string.Join(", ", row.Matched)})", Purpose(row), row.ApprovalId ?? "none"];
            text.Append("<tr>").AppendJoin("", cells.Select(c => $"<td>{WebUtility.HtmlEncode(Say.Visible(c))}</td>")).Append("</tr>\n");
        }

        return text.Append("</tbody></table>\n<p>Which of these calls are disclosures in the sense of the rule, and which are left out of an accounting, is the organisation's decision.</p>\n</body></html>\n").ToString();
    }

    /// <summary>What keeps the list from being complete; none where nothing does.</summary>
    public static IEnumerable<string> Warnings(DisclosuresFound found)
    {
        if (found.More)
        {
            yield return "There are more calls than one list holds: ask for shorter periods.";
        }

        if (found.Incomplete.Length > 0)
        {
            yield return $"Not every identifier could be told in some answers ({Say.Count(found.Incomplete.Length)}), which may concern anybody: records {string.Join(", ", found.Incomplete)}.";
        }

        if (found.LostKeys.Length > 0)
        {
            yield return $"Records were marked under keys that masking.key no longer has ({string.Join(", ", found.LostKeys)}): nobody is found in them. Put the old lines back.";
        }
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
