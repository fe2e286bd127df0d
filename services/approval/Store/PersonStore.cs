using System.Text.Json;
using Chaperone.Contracts;

namespace Chaperone.Approval.Store;

/// <summary>Approvers as they last signed in to the console. Of two notes about a person the later one stays, in whatever order they come.</summary>
internal sealed class PersonStore(IApprovalDatabase database, StoreSchema schema, StoreSeal seal)
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Keeps a note. Without a verified address nobody can be recognised by it.</summary>
    public async Task NoteAsync(NoteApprover note, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        var person = note.Person;
        await database.WriteAsync(
            session => session.ExecuteAsync(
                """
                INSERT INTO approval_person (issuer, subject, email, account, noted_at, facts) VALUES (@Issuer, @Subject, @Email, @Account, @At, @Facts)
                ON CONFLICT (issuer, subject) DO UPDATE SET email = excluded.email, account = excluded.account, noted_at = excluded.noted_at, facts = excluded.facts
                WHERE excluded.noted_at >= approval_person.noted_at
                """,
                new
                {
                    person.Issuer,
                    person.Subject,
                    Email = note.Present ? Key(person.Email) : null,
                    Account = note.Present ? EntraAccount.Of(person) : null,
                    At = CaseCodec.Millis(note.At),
                    Facts = seal.Seal(JsonSerializer.SerializeToUtf8Bytes(person), "person", RowKey(person.Issuer, person.Subject)),
                }),
            cancellationToken);
    }

    /// <summary>Everybody who signed in with this verified address within <paramref name="lifetime"/>.</summary>
    public Task<IReadOnlyList<Principal>> FindAsync(string email, TimeSpan lifetime, DateTimeOffset now, CancellationToken cancellationToken) =>
        FindAsync("email", Key(email), lifetime, now, cancellationToken);

    /// <summary>Everybody who signed in with this account of the directory (<see cref="EntraAccount"/>) within <paramref name="lifetime"/>.</summary>
    public Task<IReadOnlyList<Principal>> FindAccountAsync(string account, TimeSpan lifetime, DateTimeOffset now, CancellationToken cancellationToken) =>
        FindAsync("account", account, lifetime, now, cancellationToken);

    private async Task<IReadOnlyList<Principal>> FindAsync(string column, string? value, TimeSpan lifetime, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        var rows = await database.ReadAsync(
            session => session.ListAsync<PersonRow>(
                $"SELECT issuer AS Issuer, subject AS Subject, facts AS Facts FROM approval_person WHERE {column} = @value AND noted_at > @After AND noted_at <= @Before",
                new { value, After = CaseCodec.Millis(now - lifetime), Before = CaseCodec.Millis(now + ClockSkew) }),
            cancellationToken);
        return [.. rows.Select(Open)];
    }

    private static string? Key(string? email) => string.IsNullOrWhiteSpace(email) ? null : email.Trim().ToLowerInvariant();

    private static string RowKey(string issuer, string subject) => $"{issuer}\n{subject}";

    private Principal Open(PersonRow row) =>
        JsonSerializer.Deserialize<Principal>(seal.Open(row.Facts, "person", RowKey(row.Issuer, row.Subject)))
        ?? throw new InvalidDataException("A kept person holds nothing.");
}
