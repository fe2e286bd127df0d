namespace Chaperone.Approval.Store;

/// <summary>Yeses that hold for further calls, by what those calls have in common.</summary>
internal sealed class GrantStore(CaseCodec codec)
{
    /// <summary>Requests whose yes holds for calls of <paramref name="key"/> now, the longest first; at most 10.</summary>
    public static Task<IReadOnlyList<long>> FindAsync(DbSession session, string key, DateTimeOffset now) => session.ListAsync<long>(
        "SELECT number FROM approval_grant WHERE grant_key = @key AND ends_at > @Now ORDER BY ends_at DESC, number LIMIT 10",
        new { key, Now = CaseCodec.Millis(now) });

    /// <summary>Writes down that a grant began, or ended.</summary>
    public async Task KeepAsync(DbSession session, CaseFile file)
    {
        var about = file.Case;
        if (file.EndsGrant)
        {
            await session.ExecuteAsync("DELETE FROM approval_grant WHERE number = @Number", new { about.Number });
            await session.ExecuteAsync("UPDATE approval_case SET verdict = @Verdict WHERE number = @Number", new { Verdict = codec.Verdict(about), about.Number });
        }
        else if (file.Start.GrantUntil is null && about.GrantUntil is { } until)
        {
            await session.ExecuteAsync(
                "INSERT INTO approval_grant (number, grant_key, ends_at) VALUES (@Number, @Key, @EndsAt)",
                new { about.Number, Key = Grants.Key(about.Call, about.Decision, about.ToolDefinitionDigest), EndsAt = CaseCodec.Millis(until) });
        }
    }
}
