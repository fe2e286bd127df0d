using Chaperone.Contracts;

namespace Chaperone.Approval.Store;

/// <summary>What a person asked before: counts only.</summary>
internal static class HistoryStore
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <summary>Counts the requester's other requests for the same operation in the 30 days before <paramref name="about"/>. One that was approved counts as such whatever became of it.</summary>
    public static async Task<ApprovalHistory> CountAsync(DbSession session, ApprovalCase about)
    {
        var row = await session.FirstOrDefaultAsync<HistoryRow>(
            """
            SELECT COUNT(*) AS Asked,
                COALESCE(SUM(CASE WHEN state IN (1, 5) OR (state IN (3, 4) AND verdict IS NOT NULL) THEN 1 ELSE 0 END), 0) AS Approved,
                COALESCE(SUM(CASE WHEN state = 2 THEN 1 ELSE 0 END), 0) AS Denied
            FROM approval_case
            WHERE issuer = @Issuer AND subject = @Subject AND likeness = @Similar AND requested_at > @After AND number < @Number
            """,
            new
            {
                about.Call.Principal.Issuer,
                about.Call.Principal.Subject,
                Similar = CaseCodec.Similar(about.Call),
                After = CaseCodec.Millis(about.RequestedAt - Window),
                about.Number,
            });
        return new ApprovalHistory { Asked = (int)(row?.Asked ?? 0), Approved = (int)(row?.Approved ?? 0), Denied = (int)(row?.Denied ?? 0) };
    }

    private sealed class HistoryRow
    {
        public long Asked { get; set; }

        public long Approved { get; set; }

        public long Denied { get; set; }
    }
}
