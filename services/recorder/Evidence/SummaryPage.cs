using System.Globalization;
using System.Net;
using System.Text;
using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Evidence;

/// <summary><c>SUMMARY.html</c>: the bundle at a glance, and control by control which numbers and files speak to it. No script, no link out.</summary>
internal static class SummaryPage
{
    private const string Style =
        "body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1c2430;background:#fff}"
        + "h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}table{border-collapse:collapse;width:100%}"
        + "th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #d5dbe3}th{font-weight:600}"
        + "code{font-size:.9em;overflow-wrap:anywhere}.warn{border-left:4px solid #b3261e;padding:.4rem .8rem;background:#fdf0ef}"
        + ".controls code{white-space:nowrap}.sign td{height:2.6rem}@media print{body{margin:0;max-width:none}}";

    public static void Write(EvidenceFolder folder, EvidenceFilter filter, TreeHead head, IReadOnlyList<YearLog> logs, TreeHead? older, EvidenceTotals totals, NoteKey key)
    {
        var page = new StringBuilder($"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Evidence summary</title><style>{Style}</style></head><body>\n");
        page.Append($"<h1>Evidence from {Html(key.Name)}</h1>\n");
        page.Append($"<p>{Html(LeafFormat.Time(filter.From))} up to {Html(LeafFormat.Time(filter.To))} (UTC). {Number(totals.Records)} records, proved against {(logs.Count == 1 ? "a signed tree" : "the signed trees")} of {Number(head.Size)}.</p>\n");
        Warn(page, totals, filter);
        page.Append("<table>\n");
        Row(page, "Filter", Describe(filter));
        Row(page, "Content", filter.WithMaskedText ? "Masked text of messages is in content.jsonl. Masking can miss an identifier: treat this bundle as PHI." : "No text of any message. Patients are not named; the people who called are.");
        Row(page, "Root", head.Root.ToString());
        if (logs.Count > 1)
        {
            Row(page, "Logs", $"{string.Join(", ", logs.Select(log => log.OriginIn(key.Name)))}: one a year, each of which carries over how the one before was closed (logs.tsv). The root is the newest one's.");
        }

        Row(page, "Signed by", key.ToString());
        Row(page, "Grew from", older is { } from ? $"the kept checkpoint of {Number(from.Size)} records: the tree begins with them (consistency.txt)" : "no older checkpoint was given; keep the file checkpoint for the next time");
        page.Append("</table>\n<h2>By control</h2>\n<table class=\"controls\"><tr><th>45 CFR</th><th>What the records show</th><th>Where</th></tr>\n");
        foreach (var (control, shows, where) in Controls(totals, older))
        {
            page.Append($"<tr><td>{Html(control)}</td><td>{Html(shows)}</td><td>{string.Join("<br>", where.Split(' ').Select(w => $"<code>{Html(w)}</code>"))}</td></tr>\n");
        }

        page.Append($"</table>\n<p>To draw samples, open <code>{EvidencePaths.Workbook}</code>: every population as a sheet, with period, filter and counts on the first. populations/ has the same as CSV.</p>\n");
        page.Append("<h2>Files</h2>\n<table><tr><th>File</th><th>Rows</th><th>SHA-256</th></tr>\n");
        foreach (var member in folder.Members)
        {
            page.Append($"<tr><td><code>{Html(member.Path)}</code></td><td>{(member.Rows is { } rows ? Number(rows) : "")}</td><td><code>{member.Sha256}</code></td></tr>\n");
        }

        page.Append("</table>\n<h2>Sign-off</h2>\n<table class=\"sign\"><tr><th>Reviewed by</th><th>Date</th><th>Findings</th></tr><tr><td></td><td></td><td></td></tr></table>\n");
        page.Append("<p>These numbers come from the records alone. To find out whether anything was altered, open verify.html or run verify.sh. This is evidence, not legal advice: whether a control is met is for the assessor to say.</p>\n</body></html>\n");
        folder.Write(EvidencePaths.Summary, page.ToString());
    }

    private static IEnumerable<(string Control, string Shows, string Where)> Controls(EvidenceTotals t, TreeHead? older) =>
    [
        ("164.312(a)(1) Access control",
            $"{Number(t.Decisions)} messages were decided by policy: {Number(t.Denied)} denied, {Number(t.Held)} held for a person's yes. The rule and the digest of the policy stand beside each.",
            $"{EvidencePaths.Decisions} {EvidencePaths.Configuration}"),
        ("164.312(a)(2)(i) Unique user identification",
            $"Each call names issuer and subject: {Number(t.People)} identities, of which {Number(t.Services)} are programs.", EvidencePaths.Users),
        ("164.312(a)(2)(ii) Emergency access procedure",
            $"Break-glass windows opened: {Number(t.BreakGlassWindows)}. Messages decided so only because of one, which stands beside each: {Number(t.UnderBreakGlass)}. Reasons and sign-offs of windows are in the console.",
            $"{EvidencePaths.Oversight} {EvidencePaths.Decisions}"),
        ("164.312(a)(2)(iii) Automatic logoff", "First and last record of each session. How long tokens last is for the identity provider, how long a sign-in to the console lasts is a setting.", EvidencePaths.SessionTable),
        ("164.312(a)(2)(iv) Encryption and decryption",
            $"Every record is sealed (AES-256-GCM) and names its key. {Number(t.Sealed)} records do not open any more.", $"{EvidencePaths.Configuration} {EvidencePaths.Retention}"),
        ("164.312(b) Audit controls",
            $"Each message has a numbered record before it is served. {Number(t.MissingNumbers)} numbers are missing, {Number(t.Orphans)} allowed calls have no recorded end, {Number(t.Voids)} numbers were spent on messages that failed.",
            $"{EvidencePaths.Completeness} {EvidencePaths.Records}"),
        ("164.312(c)(1), (c)(2) Integrity",
            $"Every record of this bundle is proved to be in the signed tree{(older is null ? "" : ", and the tree to begin with the older one")}. {Number(t.Reviews)} verifications and reviews are recorded, {Number(t.FailedReviews)} of them with a finding.",
            $"{EvidencePaths.Checkpoint} {EvidencePaths.Proofs} {EvidencePaths.Oversight}"),
        ("164.312(d) Person or entity authentication",
            $"{Number(t.Sessions)} sessions, each by a verified token; the methods (amr) and class (acr) stand where the identity provider says them. {Number(t.WithoutMethod)} sessions have none.", EvidencePaths.SessionTable),
        ("164.312(e)(1) Transmission security",
            $"{Number(t.Masked)} identifiers were masked before a response left, and {Number(t.Clear)} left in the clear because a rule lets them; {Number(t.Withheld)} responses were withheld. TLS between client and gateway is not recorded per call: show the configuration of the listener.", EvidencePaths.Outcomes),
        ("164.308(a)(1)(ii)(D) Information system activity review",
            $"{Number(t.Oversight)} records of verifications, reviews, exports, reveals, configuration and numbering; {Number(t.SignedReviews)} regular reviews were signed in this period. Sign below what you reviewed.",
            $"{EvidencePaths.Reviews} {EvidencePaths.Oversight}"),
        ("164.308(a)(4) Information access management", $"{Number(t.Approvals)} steps of approvals: who asked, who decided, for which exact call.", EvidencePaths.Approvals),
        ("164.316(b) Documentation and retention",
            $"Policies in force by digest, with first and last use. Holds, orders to destroy keys, who agreed to them and what was destroyed: {Number(t.Holds)} holds were set, {Number(t.Shredded)} orders carried out. How long records are kept is a setting of the recorder.",
            $"{EvidencePaths.Configuration} {EvidencePaths.Retention}"),
        ("164.528 Accounting of disclosures",
            $"{Number(t.Answered)} answers were released, with date, recipient and what they were asked for. Patients are not named here; the disclosures of one patient need the privacy officer's search.", EvidencePaths.Outcomes),
    ];

    private static void Warn(StringBuilder page, EvidenceTotals totals, EvidenceFilter filter)
    {
        if (totals.MissingNumbers + totals.Orphans > 0)
        {
            page.Append($"<p class=\"warn\">{Number(totals.MissingNumbers)} numbers of edges are missing and {Number(totals.Orphans)} allowed calls have no recorded end: see completeness.json.</p>\n");
        }

        if (totals.Sealed > 0)
        {
            page.Append($"<p class=\"warn\">{Number(totals.Sealed)} records are proved, but do not open any more: their key is gone.</p>\n");
        }

        if (totals.FailedReviews > 0)
        {
            page.Append($"<p class=\"warn\">{Number(totals.FailedReviews)} recorded verifications found something: see {EvidencePaths.Oversight}.</p>\n");
        }

        if (filter.WithMaskedText)
        {
            page.Append("<p class=\"warn\">This bundle holds masked text of messages. Masking can miss an identifier: treat it as PHI.</p>\n");
        }
    }

    /// <summary>The filter in words.</summary>
    public static string Describe(EvidenceFilter filter)
    {
        (string Name, string? Value)[] words =
        [
            ("user", filter.User), ("server", filter.Server), ("tool", filter.Tool), ("session", filter.SessionId?.ToString()),
            ("decision", filter.Decision is { } decision ? RecordHeader.Word(decision) : null),
        ];
        var given = words.Where(w => w.Value is not null).Select(w => $"{w.Name} {w.Value}").ToArray();
        return given.Length == 0 ? "none: all records of the period" : $"calls with {string.Join(", ", given)}; completeness.json is of the whole period";
    }

    private static void Row(StringBuilder page, string name, string value) => page.Append($"<tr><th>{Html(name)}</th><td><code>{Html(value)}</code></td></tr>\n");

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
