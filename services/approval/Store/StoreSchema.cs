namespace Chaperone.Approval.Store;

/// <summary>The tables, by version; forward only. What may hold PHI or a person's words is in sealed columns.</summary>
internal sealed class StoreSchema(IApprovalDatabase database) : IDisposable
{
    private readonly SemaphoreSlim _once = new(1, 1);
    private volatile bool _ready;

    /// <summary>Null once the tables are there; for readiness.</summary>
    public string? Problem => _ready ? null : "The approval store is not ready yet.";

    /// <summary>Version n is made by entry n - 1. Times are Unix milliseconds, states the numbers of the contract.</summary>
    private string[] Versions =>
    [
        $"""
        CREATE TABLE approval_case (
            number {database.IdentityType},
            call_id TEXT NOT NULL,
            binding TEXT NOT NULL,
            issuer TEXT NOT NULL,
            subject TEXT NOT NULL,
            state BIGINT NOT NULL,
            requested_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            words TEXT NOT NULL,
            facts {database.BytesType} NOT NULL,
            masked {database.BytesType} NOT NULL,
            verdict {database.BytesType} NULL);
        CREATE UNIQUE INDEX approval_case_standing ON approval_case (binding, issuer, subject) WHERE state IN (0, 1);
        CREATE INDEX approval_case_binding ON approval_case (binding, number);
        CREATE INDEX approval_case_due ON approval_case (expires_at) WHERE state IN (0, 1);
        CREATE TABLE approval_vote (
            id {database.IdentityType},
            number BIGINT NOT NULL REFERENCES approval_case (number),
            issuer TEXT NOT NULL,
            subject TEXT NOT NULL,
            vote {database.BytesType} NOT NULL,
            UNIQUE (number, issuer, subject));
        CREATE TABLE approval_call (
            call_id TEXT PRIMARY KEY,
            number BIGINT NOT NULL REFERENCES approval_case (number));
        CREATE TABLE approval_outbox (
            id {database.IdentityType},
            number BIGINT NOT NULL REFERENCES approval_case (number),
            kind BIGINT NOT NULL,
            event_id TEXT NOT NULL UNIQUE,
            body {database.BytesType} NOT NULL);
        CREATE INDEX approval_outbox_number ON approval_outbox (number, id);
        CREATE TABLE approval_notice (
            id {database.IdentityType},
            number BIGINT NOT NULL REFERENCES approval_case (number),
            notifier TEXT NOT NULL,
            occasion BIGINT NOT NULL,
            attempts BIGINT NOT NULL,
            due_at BIGINT NOT NULL,
            done BIGINT NOT NULL,
            UNIQUE (number, notifier, occasion));
        CREATE INDEX approval_notice_due ON approval_notice (due_at) WHERE done = 0;
        """,
        $"""
        CREATE TABLE approval_card (
            id {database.IdentityType},
            number BIGINT NOT NULL REFERENCES approval_case (number),
            place TEXT NOT NULL,
            channel TEXT NULL,
            message TEXT NULL,
            tried BIGINT NOT NULL,
            wanted BIGINT NOT NULL,
            shown BIGINT NOT NULL,
            attempts BIGINT NOT NULL,
            due_at BIGINT NOT NULL,
            leased_until BIGINT NOT NULL,
            UNIQUE (number, place));
        CREATE INDEX approval_card_due ON approval_card (due_at) WHERE shown < wanted;
        CREATE TABLE approval_click (
            id {database.IdentityType},
            click_key TEXT NOT NULL UNIQUE,
            body {database.BytesType} NOT NULL,
            answer {database.BytesType} NULL,
            attempts BIGINT NOT NULL,
            taken_at BIGINT NOT NULL,
            due_at BIGINT NOT NULL,
            done BIGINT NOT NULL);
        CREATE INDEX approval_click_due ON approval_click (due_at) WHERE done = 0;
        CREATE TABLE approval_person (
            issuer TEXT NOT NULL,
            subject TEXT NOT NULL,
            email TEXT NULL,
            noted_at BIGINT NOT NULL,
            facts {database.BytesType} NOT NULL,
            PRIMARY KEY (issuer, subject));
        CREATE TABLE approval_link (
            link TEXT PRIMARY KEY,
            number BIGINT NOT NULL REFERENCES approval_case (number),
            used_at BIGINT NOT NULL);
        CREATE INDEX approval_person_email ON approval_person (email) WHERE email IS NOT NULL;
        """,
        """
        ALTER TABLE approval_case ADD COLUMN likeness TEXT NULL;
        ALTER TABLE approval_card ADD COLUMN chat TEXT NOT NULL DEFAULT 'slack';
        ALTER TABLE approval_person ADD COLUMN account TEXT NULL;
        CREATE INDEX approval_person_account ON approval_person (account) WHERE account IS NOT NULL;
        CREATE INDEX approval_case_likeness ON approval_case (issuer, subject, likeness, requested_at);
        CREATE TABLE approval_grant (
            number BIGINT PRIMARY KEY REFERENCES approval_case (number),
            grant_key TEXT NOT NULL,
            ends_at BIGINT NOT NULL);
        CREATE INDEX approval_grant_key ON approval_grant (grant_key, ends_at);
        CREATE TABLE approval_seen (
            number BIGINT NOT NULL REFERENCES approval_case (number),
            issuer TEXT NOT NULL,
            subject TEXT NOT NULL,
            PRIMARY KEY (number, issuer, subject));
        """,
    ];

    /// <summary>Brings the tables to this program's version, once.</summary>
    /// <exception cref="InvalidOperationException">A newer program made them.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (_ready)
        {
            return;
        }

        await _once.WaitAsync(cancellationToken);
        try
        {
            if (!_ready)
            {
                await database.UpgradeAsync(UpgradeAsync, cancellationToken);
                _ready = true;
            }
        }
        finally
        {
            _once.Release();
        }
    }

    public void Dispose() => _once.Dispose();

    private async Task UpgradeAsync(DbSession session)
    {
        await session.ExecuteAsync("CREATE TABLE IF NOT EXISTS approval_schema (version BIGINT NOT NULL)");
        var version = await session.ScalarAsync<long?>("SELECT MAX(version) FROM approval_schema") ?? 0;
        var versions = Versions;
        if (version > versions.Length)
        {
            throw new InvalidOperationException(
                $"The approval store has schema version {version}; this program knows {versions.Length}. Run the newer program, or restore a backup made before the upgrade.");
        }

        for (; version < versions.Length; version++)
        {
            await session.ExecuteAsync(versions[version]);
            await session.ExecuteAsync("INSERT INTO approval_schema (version) VALUES (@Version)", new { Version = version + 1 });
        }
    }
}
