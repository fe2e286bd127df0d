using Chaperone.Contracts;

namespace Chaperone.Approval.Store;

/// <summary>Requests for approval. Each change, its records, its announcement and its notices are one commit.</summary>
internal sealed class CaseStore(
    IApprovalDatabase database, StoreSchema schema, CaseCodec codec, OutboxStore outbox, NoticeStore notices, CardStore cards, GrantStore grants)
{
    private const int Attempts = 5;

    /// <summary>The request that stands for <paramref name="draft"/>'s binding and requester, or a new one. Safe under concurrency: one open request per binding and requester.</summary>
    public async Task<OpenedCase> OpenAsync(CaseDraft draft, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var opened = await database.WriteAsync(session => TryOpenAsync(session, draft, now), cancellationToken);
            if (opened is not null)
            {
                return opened;
            }
        }

        throw new InvalidOperationException("A request for the same call keeps opening and closing at the same moment.");
    }

    /// <summary>Runs <paramref name="work"/> on a request while it is locked, and commits what it changed. Null: there is no such request.</summary>
    public async Task<ApprovalCase?> WorkAsync(
        long number, DateTimeOffset now, TimeSpan grantLifetime, Action<CaseFile> work, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        return await database.WriteAsync(session => WorkAsync(session, number, now, grantLifetime, work), cancellationToken);
    }

    /// <summary>Writes down, in one commit, where a card was posted and that people were told by it; nothing if the card's lease was lost.</summary>
    public Task<bool> CardPostedAsync(CardRow card, string chat, string channel, string message, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                // The request's row is locked before its cards', here as everywhere.
                await session.ExecuteAsync($"SELECT number FROM approval_case WHERE number = @Number{database.LockClause}", new { card.Number });
                if (!await CardStore.PostedAsync(session, card, channel, message))
                {
                    return false;
                }

                await WorkAsync(session, card.Number, now, TimeSpan.Zero, file => file.Notified(chat, channel));
                return true;
            },
            cancellationToken);

    /// <summary>Uses a card's link up and writes down who saw the request, in one commit; false if it was used before.</summary>
    public Task<bool> LinkUsedAsync(CardLink link, Principal person, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var first = await session.ExecuteAsync(
                    "INSERT INTO approval_link (link, number, used_at) VALUES (@Id, @Number, @Now) ON CONFLICT DO NOTHING",
                    new { link.Id, link.Number, Now = CaseCodec.Millis(now) }) == 1;
                if (first)
                {
                    await SeenStore.AddAsync(session, link.Number, person);
                    await WorkAsync(session, link.Number, now, TimeSpan.Zero, file => file.Seen(person, link.Channel));
                }

                return first;
            },
            cancellationToken);

    /// <summary>Writes down who looks at an open request, once for each person; false if it was written down before, or nothing is open.</summary>
    public Task<bool> SeenAsync(long number, Principal person, string channel, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var seen = false;
                var found = await WorkAsync(session, number, now, TimeSpan.Zero, file =>
                {
                    seen = file.Case.State == ApprovalState.Pending && !file.Case.HasLapsed(now);
                });
                if (found is null || !seen || !await SeenStore.AddAsync(session, number, person))
                {
                    return false;
                }

                await WorkAsync(session, number, now, TimeSpan.Zero, file => file.Seen(person, channel));
                return true;
            },
            cancellationToken);

    /// <summary>One page, newest first, and how many match in all.</summary>
    public async Task<(int Total, IReadOnlyList<ShownCase> Page)> ListAsync(ListApprovals wanted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        var where = Conditions(wanted, now, out var parameters);
        return await database.ReadAsync(
            async session =>
            {
                var total = await session.ScalarAsync<long>($"SELECT COUNT(*) FROM approval_case WHERE {where}", parameters);
                var rows = await session.ListAsync<CaseRow>(
                    $"SELECT {CaseRow.Columns}, masked AS Masked FROM approval_case WHERE {where} ORDER BY number DESC LIMIT @limit OFFSET @offset",
                    parameters);
                var page = new List<ShownCase>(rows.Count);
                foreach (var row in rows)
                {
                    var found = await ReadAsync(session, row);
                    page.Add(new ShownCase(found, codec.OpenMasked(row), await HistoryStore.CountAsync(session, found)));
                }

                return ((int)total, (IReadOnlyList<ShownCase>)page);
            },
            cancellationToken);
    }

    /// <summary>One request; null if there is none.</summary>
    public async Task<ApprovalCase?> FindAsync(long number, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        return await database.ReadAsync(
            async session =>
            {
                var row = await session.FirstOrDefaultAsync<CaseRow>(
                    $"SELECT {CaseRow.Columns} FROM approval_case WHERE number = @number", new { number });
                return row is null ? null : await ReadAsync(session, row);
            },
            cancellationToken);
    }

    /// <summary>The request that call <paramref name="callId"/> asked for or joined; null if it never did.</summary>
    public async Task<ApprovalCase?> FindByCallAsync(Guid callId, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        var number = await database.ReadAsync(
            session => session.ScalarAsync<long?>("SELECT number FROM approval_call WHERE call_id = @CallId", new { CallId = CaseCodec.Key(callId) }),
            cancellationToken);
        return number is null ? null : await FindAsync(number.Value, cancellationToken);
    }

    /// <summary>Number and end of every request or grant that time will close, soonest first.</summary>
    public async Task<IReadOnlyList<(long Number, DateTimeOffset ExpiresAt)>> ReadOpenAsync(CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        return await database.ReadAsync<IReadOnlyList<(long, DateTimeOffset)>>(
            async session =>
            {
                var rows = await session.ListAsync<CaseRow>(
                    "SELECT number AS Number, expires_at AS ExpiresAt FROM approval_case WHERE state IN (0, 1) ORDER BY expires_at");
                return [.. rows.Select(r => (r.Number, CaseCodec.Time(r.ExpiresAt)))];
            },
            cancellationToken);
    }

    private async Task<ApprovalCase?> WorkAsync(DbSession session, long number, DateTimeOffset now, TimeSpan grantLifetime, Action<CaseFile> work)
    {
        var row = await session.FirstOrDefaultAsync<CaseRow>(
            $"SELECT {CaseRow.Columns} FROM approval_case WHERE number = @number{database.LockClause}", new { number });
        if (row is null)
        {
            return null;
        }

        var file = new CaseFile(await ReadAsync(session, row), now, grantLifetime);
        work(file);
        await SaveAsync(session, file, now);
        return file.Case;
    }

    private async Task<OpenedCase?> TryOpenAsync(DbSession session, CaseDraft draft, DateTimeOffset now)
    {
        var key = new { draft.BindingDigest, draft.Call.Principal.Issuer, draft.Call.Principal.Subject };
        var row = await session.FirstOrDefaultAsync<CaseRow>(
            $"SELECT {CaseRow.Columns} FROM approval_case WHERE binding = @BindingDigest AND issuer = @Issuer AND subject = @Subject ORDER BY number DESC LIMIT 1{database.LockClause}",
            key);
        long? lapsed = null;
        if (row is not null)
        {
            var file = new CaseFile(await ReadAsync(session, row), now, TimeSpan.Zero);
            if (file.Lapse())
            {
                await SaveAsync(session, file, now);
                lapsed = row.Number;
            }
            else if (file.Case.Stands(now))
            {
                await RememberCallAsync(session, draft.Call.CallId, file.Case.Number);
                return new OpenedCase(file.Case, IsNew: false, null);
            }
        }

        var opened = draft.Open(await FindGrantAsync(session, draft, now));
        var number = await InsertAsync(session, draft, opened);
        if (number is null)
        {
            // Somebody opened the same request between our look and our insert: look again.
            return null;
        }

        opened = opened with { Number = number.Value };
        await RememberCallAsync(session, draft.Call.CallId, opened.Number);
        await outbox.AddRecordAsync(session, opened.Number, CaseFile.Asked(opened, now));
        if (opened.State == ApprovalState.Pending)
        {
            await notices.AddAsync(session, opened, now);
            await cards.AddAsync(session, opened, now);
        }

        return new OpenedCase(opened, IsNew: true, lapsed);
    }

    /// <summary>The request whose yes covers this call as well; null if none does. Its row is locked: who ends the grant meanwhile waits, and comes too late for this call only.</summary>
    private async Task<ApprovalCase?> FindGrantAsync(DbSession session, CaseDraft draft, DateTimeOffset now)
    {
        if (draft.Requirement.GrantUpTo is null || draft.Call.Method != Grants.Method)
        {
            return null;
        }

        var key = Grants.Key(draft.Call, draft.Decision, draft.ToolDefinitionDigest);
        foreach (var number in await GrantStore.FindAsync(session, key, now))
        {
            var row = await session.FirstOrDefaultAsync<CaseRow>($"SELECT {CaseRow.Columns} FROM approval_case WHERE number = @number{database.LockClause}", new { number });
            if (row is not null && await ReadAsync(session, row) is var granting && Grants.Covers(granting, draft.Requirement, now))
            {
                return granting;
            }
        }

        return null;
    }

    private static Task<int> RememberCallAsync(DbSession session, Guid callId, long number) => session.ExecuteAsync(
        "INSERT INTO approval_call (call_id, number) VALUES (@CallId, @number) ON CONFLICT (call_id) DO UPDATE SET number = excluded.number",
        new { CallId = CaseCodec.Key(callId), number });

    private Task<long?> InsertAsync(DbSession session, CaseDraft draft, ApprovalCase opened) => session.ScalarAsync<long?>(
        """
        INSERT INTO approval_case (call_id, binding, issuer, subject, state, requested_at, expires_at, words, likeness, facts, masked, verdict)
        VALUES (@CallId, @BindingDigest, @Issuer, @Subject, @State, @RequestedAt, @ExpiresAt, @Words, @Similar, @Facts, @Masked, @Verdict)
        ON CONFLICT DO NOTHING RETURNING number
        """,
        new
        {
            CallId = CaseCodec.Key(draft.Call.CallId),
            draft.BindingDigest,
            draft.Call.Principal.Issuer,
            draft.Call.Principal.Subject,
            RequestedAt = CaseCodec.Millis(draft.RequestedAt),
            State = (long)opened.State,
            ExpiresAt = CaseCodec.Millis(opened.ExpiresAt),
            Words = CaseCodec.Words(draft),
            Similar = CaseCodec.Similar(draft.Call),
            Verdict = codec.Verdict(opened),
            Facts = codec.Facts(draft),
            Masked = codec.Masked(draft),
        });

    private async Task<ApprovalCase> ReadAsync(DbSession session, CaseRow row)
    {
        var votes = await session.ListAsync<VoteRow>(
            "SELECT number AS Number, issuer AS Issuer, subject AS Subject, vote AS Vote FROM approval_vote WHERE number = @Number ORDER BY id",
            new { row.Number });
        return codec.Read(row, votes);
    }

    private async Task SaveAsync(DbSession session, CaseFile file, DateTimeOffset now)
    {
        if (file.Case.State != file.Start.State)
        {
            await MoveAsync(session, file);
        }

        await grants.KeepAsync(session, file);
        if (file.NewVote is { } vote)
        {
            await session.ExecuteAsync(
                "INSERT INTO approval_vote (number, issuer, subject, vote) VALUES (@Number, @Issuer, @Subject, @Vote)",
                new { file.Case.Number, vote.Decider.Issuer, vote.Decider.Subject, Vote = codec.Vote(file.Case.Number, vote) });
        }

        foreach (var record in file.Records)
        {
            await outbox.AddRecordAsync(session, file.Case.Number, record);
        }

        if (file.Announces)
        {
            await outbox.AddAnnouncementAsync(session, file.Case, now);
        }

        if (file.ClosesRequest)
        {
            await notices.CloseAsync(session, file.Case.Number, now);
        }

        if (file.Case != file.Start)
        {
            await CardStore.ChangedAsync(session, file.Case.Number, now);
        }
    }

    // The row is locked; the guard makes a lost lock a failed write instead of a second winner.
    private async Task MoveAsync(DbSession session, CaseFile file)
    {
        var moved = await session.ExecuteAsync(
            """
            UPDATE approval_case SET state = @To, expires_at = @ExpiresAt, verdict = @Verdict
            WHERE number = @Number AND state = @From AND binding = @BindingDigest AND issuer = @Issuer AND subject = @Subject
            """,
            new
            {
                To = (long)file.Case.State,
                ExpiresAt = CaseCodec.Millis(file.Case.ExpiresAt),
                Verdict = codec.Verdict(file.Case),
                file.Case.Number,
                From = (long)file.Start.State,
                file.Case.BindingDigest,
                file.Case.Call.Principal.Issuer,
                file.Case.Call.Principal.Subject,
            });
        if (moved != 1)
        {
            throw new InvalidOperationException($"{file.Case.Id} changed while it was locked.");
        }
    }

    private static string Conditions(ListApprovals wanted, DateTimeOffset now, out Dictionary<string, object> parameters)
    {
        parameters = new Dictionary<string, object>
        {
            ["now"] = CaseCodec.Millis(now),
            ["limit"] = Math.Clamp(wanted.Limit, 1, 200),
            ["offset"] = Math.Max(0, wanted.Offset),
        };
        if (wanted.ApprovalId is { } id)
        {
            // One request is shown wherever it stands: a page about it must not lose it when it is decided.
            parameters["number"] = ApprovalNumber.TryParse(id, out var number) ? number : 0L;
            return "number = @number";
        }

        var conditions = new List<string> { wanted.Pending ? "state = 0 AND expires_at > @now" : "NOT (state = 0 AND expires_at > @now)" };
        var words = (wanted.Search ?? "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var i = 0; i < Math.Min(words.Length, 16); i++)
        {
            parameters[$"w{i}"] = "%" + words[i].Replace("\\", @"\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
            parameters[$"n{i}"] = ApprovalNumber.TryParse(words[i].ToUpperInvariant(), out var number) ? number : 0L;
            conditions.Add($"(words LIKE @w{i} ESCAPE '\\' OR number = @n{i})");
        }

        return string.Join(" AND ", conditions);
    }
}
