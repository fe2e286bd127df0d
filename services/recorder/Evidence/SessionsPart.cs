using System.Globalization;
using Chaperone.Contracts;
using Chaperone.Recorder.Disclosures;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Evidence;

/// <summary>Sessions and people of a bundle: <c>sessions.jsonl</c>, <c>populations/sessions.csv</c> and <c>populations/users.csv</c>.</summary>
internal sealed class SessionsPart(EvidenceFolder folder, EvidenceTotals totals) : IEvidencePart
{
    private readonly Dictionary<Guid, Session> _sessions = [];
    private readonly Dictionary<(string Issuer, string Subject), Person> _people = [];

    public void Take(EvidenceRecord record)
    {
        if (record.Entry.Call is not { } call)
        {
            return;
        }

        if (!_sessions.TryGetValue(call.SessionId, out var session))
        {
            _sessions[call.SessionId] = session = new Session(call.SessionId, record.Server, call.Principal, call.ProtocolVersion, record.Index) { First = record.Entry.OccurredAt };
        }

        var key = (call.Principal.Issuer, call.Principal.Subject);
        if (!_people.TryGetValue(key, out var person))
        {
            _people[key] = person = new Person(call.Principal) { First = record.Entry.OccurredAt };
        }

        session.Count(record.Entry);
        person.Count(record.Entry);
        session.Records++;
    }

    public void Finish()
    {
        var sessions = _sessions.Values.OrderBy(s => s.FirstIndex).ToArray();
        using var lines = folder.Create(EvidencePaths.Sessions);
        lines.Rows = 0;
        var table = new CsvTable(
            folder.Create(EvidencePaths.SessionTable),
            "session", "first_record", "last_record", "user", "issuer", "oauth_client", "server", "protocol", "authentication_methods", "authentication_class", "decided", "denied", "identifiers_masked", "identifiers_in_clear");
        foreach (var session in sessions)
        {
            WriteSession(lines, table, session);
        }

        table.Finish();
        WritePeople();
        totals.Sessions = sessions.Length;
        totals.People = _people.Count;
        totals.Services = _people.Values.Count(p => p.Principal.IsService);
        totals.WithoutMethod = sessions.Count(s => s.Principal.AuthenticationMethods.Length == 0);
    }

    private static void WriteSession(EvidenceMember lines, CsvTable table, Session session)
    {
        var person = session.Principal;
        var protocol = DateOnly.TryParseExact(session.Protocol, "yyyy-MM-dd", out _) ? session.Protocol : null;
        table.Add(
            session.Id.ToString(), LeafFormat.Time(session.First), LeafFormat.Time(session.Last), person.Subject, person.Issuer, person.ClientId, session.Server, protocol,
            string.Join(' ', person.AuthenticationMethods), person.AuthenticationClass,
            CsvTable.Text(session.Decided), CsvTable.Text(session.Denied), CsvTable.Text(session.Left.Masked), CsvTable.Text(session.Left.Clear));
        lines.WriteLine(json =>
        {
            json.WriteString("session", session.Id);
            json.WriteString("first", LeafFormat.Time(session.First));
            json.WriteString("last", LeafFormat.Time(session.Last));
            json.WriteString("user", person.Subject);
            json.WriteString("issuer", person.Issuer);
            json.WriteString("client", person.ClientId);
            json.WriteString("server", session.Server);
            json.WriteString("protocol", protocol);
            json.WriteNumber("records", session.Records);
            json.WriteNumber("decided", session.Decided);
            json.WriteNumber("denied", session.Denied);
            json.WriteNumber("identifiers_masked", session.Left.Masked);
            json.WriteNumber("identifiers_in_clear", session.Left.Clear);
            json.WriteNumber("first_leaf", session.FirstIndex);
        });
    }

    private void WritePeople()
    {
        var table = new CsvTable(
            folder.Create(EvidencePaths.Users),
            "user", "issuer", "name", "groups", "is_service", "first_record", "last_record", "decided", "denied", "identifiers_masked", "identifiers_in_clear");
        foreach (var ((issuer, subject), person) in _people.OrderBy(p => p.Key.Issuer, StringComparer.Ordinal).ThenBy(p => p.Key.Subject, StringComparer.Ordinal))
        {
            table.Add(
                subject, issuer, person.Principal.Name, string.Join(' ', person.Principal.Groups), person.Principal.IsService.ToString(CultureInfo.InvariantCulture).ToLowerInvariant(),
                LeafFormat.Time(person.First), LeafFormat.Time(person.Last), CsvTable.Text(person.Decided), CsvTable.Text(person.Denied),
                CsvTable.Text(person.Left.Masked), CsvTable.Text(person.Left.Clear));
        }

        table.Finish();
    }

    private class Activity
    {
        public required DateTimeOffset First { get; init; }

        public DateTimeOffset Last { get; private set; }

        public long Decided { get; private set; }

        public long Denied { get; private set; }

        public IdentifiersLeft Left { get; private set; }

        public void Count(RecordEntry entry)
        {
            Last = entry.OccurredAt > Last ? entry.OccurredAt : Last;
            if (entry.Kind == RecordKind.Intent)
            {
                Decided++;
                Denied += entry.Decision?.Effect == CallEffect.Deny ? 1 : 0;
            }

            var left = IdentifiersLeft.Of(entry);
            Left = new IdentifiersLeft(Left.Masked + left.Masked, Left.Clear + left.Clear);
        }
    }

    private sealed class Session(Guid id, string? server, Principal principal, string protocol, long firstIndex) : Activity
    {
        public Guid Id { get; } = id;

        public string? Server { get; } = server;

        public Principal Principal { get; } = principal;

        public string Protocol { get; } = protocol;

        public long FirstIndex { get; } = firstIndex;

        public long Records { get; set; }
    }

    private sealed class Person(Principal principal) : Activity
    {
        public Principal Principal { get; } = principal;
    }
}
